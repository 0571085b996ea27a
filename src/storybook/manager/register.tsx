import { STORY_CHANGED, STORY_FINISHED } from 'storybook/internal/core-events'
import { addons, types } from 'storybook/manager-api'
import { attempt } from '../../support/attempt.ts'
import { ADDON_ID, messages, PANEL_ID, PARAM_KEY, type StoryNews } from '../protocol.ts'
import { mountAgainForToolbar } from './mount-again.ts'
import { Panel, PanelTitle } from './panel.tsx'
import { type FinishedStory, reportIn, showStatus } from './sidebar-status.ts'
import { forgetStory, story } from './story-state.ts'

addons.register(ADDON_ID, (api) => {
  addons.add(PANEL_ID, {
    type: types.PANEL,
    title: PanelTitle,
    paramKey: PARAM_KEY,
    render: ({ active = false }) => <Panel active={active} api={api} />,
  })

  const channel = addons.getChannel()
  channel.on(messages.news, (news: StoryNews) => story.setState({ news }))
  channel.on(STORY_CHANGED, forgetStory)
  channel.on(STORY_FINISHED, (finished: FinishedStory) => {
    story.setState({ report: reportIn(finished) })
    // Storybook's store throws if its server was slow to answer: the panel goes on without the sidebar.
    attempt(() => showStatus(finished))
  })
  mountAgainForToolbar(channel)
  channel.emit(messages.ask)
})
