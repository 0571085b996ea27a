import { Canvas, Controls, Description, Stories, Subtitle, Title } from '@storybook/addon-docs/blocks'

/** The page of a component or hook. Its first story comes with the code to paste: imports, plan and Provider included. */
export function ComponentPage() {
  return (
    <>
      <Title />
      <Subtitle />
      <Description />
      <Canvas sourceState="shown" />
      <Controls />
      <Stories includePrimary={false} />
    </>
  )
}
