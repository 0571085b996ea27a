import { useEffect, useState } from 'react'
import { Button } from 'storybook/internal/components'
import { type API, addons } from 'storybook/manager-api'
import { expectationOf, messages, type StoryNews } from '../protocol.ts'
import { saveExpectation } from './save.ts'
import { story } from './story-state.ts'

interface ActionsProps {
  readonly api: API
  readonly news: StoryNews | undefined
}

/** Buttons above the record. */
export function Actions({ api, news }: ActionsProps) {
  const [outlined, setOutlined] = useState(false)
  const [note, setNote] = useState('')
  const decisions = news?.record.decisions ?? []
  const mount = news?.mount

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new mount has new elements, without outlines
  useEffect(() => {
    setNote('')
    setOutlined(false)
  }, [mount])

  const outline = () => {
    addons.getChannel().emit(messages.outline, !outlined)
    setOutlined(!outlined)
  }
  const save = async () => {
    const data = api.getCurrentStoryData()
    if (data?.type !== 'story') return
    setNote(await saveExpectation(data, expectationOf(story.getState().news?.record.decisions ?? [])))
  }
  return (
    <div style={{ display: 'flex', gap: 8, alignItems: 'center', padding: '6px 10px' }}>
      <Button
        size="small"
        variant="outline"
        ariaLabel={false}
        disabled={decisions.length === 0}
        onClick={save}
      >
        Save as expectation
      </Button>
      <Button size="small" variant="outline" ariaLabel={false} aria-pressed={outlined} onClick={outline}>
        Outline elements
      </Button>
      <span role="status">{note}</span>
    </div>
  )
}
