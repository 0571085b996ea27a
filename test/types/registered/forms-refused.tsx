import type { ReactElement } from 'react'
import { TrackedForm, useTrackedForm, VideoProgress } from 'react-microconversions'

declare function either(): boolean

export const forms: ReactElement = (
  <>
    {/* What a fact lacks: the error prints what to write instead. */}
    {/* @expect TS2322 "is not assignable to type '{ event: \"pricing_clicked\"; properties: { tier:" */}
    <TrackedForm name="a" events={{ success: 'pricing_clicked' }} />
    {/* @expect TS2322 "is not assignable to type '{ event: \"quote_asked\"; properties: { seats: number; }; }'" */}
    <TrackedForm name="a" events={{ success: 'quote_asked' }} />
    {/* @expect TS2322 "is not assignable to type '{ event: \"pricing_clicked\"; properties: { tier:" */}
    <TrackedForm name="a" properties={{ tier: 1 }} events={{ start: 'pricing_clicked' }} />
    {/* @expect TS2322 "is not assignable to type '{ event: \"faq_opened\"; properties: { question: string | undefined; }; }'" */}
    <TrackedForm name="a" properties={{ question: 3 }} events={{ start: 'faq_opened' }} />
    {/* @expect TS2322 "'\"pricing_clicked\"' is not assignable to type '\"demo_booked\" | { event: \"pricing_clicked\"; properties: { tier:" */}
    <TrackedForm name="a" events={{ start: either() ? 'pricing_clicked' : 'demo_booked' }} />
    {/* And that is checked too. */}
    {/* @expect TS2741 "'properties' is missing in type '{ event: \"pricing_clicked\"; }'" */}
    <TrackedForm name="a" events={{ start: { event: 'pricing_clicked' } }} />
    {/* @expect TS2322 "'\"gold\"' is not assignable" "\"starter\"" */}
    <TrackedForm name="a" events={{ start: { event: 'pricing_clicked', properties: { tier: 'gold' } } }} />
    {/* @expect TS2353 "'teir' does not exist in type '{ tier:" */}
    <TrackedForm name="a" events={{ start: { event: 'pricing_clicked', properties: { teir: 'pro' } } }} />
    {/* @expect TS2322 "is not assignable to type 'undefined'" */}
    <TrackedForm name="a" events={{ start: { event: 'demo_booked', properties: { tier: 'pro' } } }} />
    {/* @expect TS2322 "'number' is not assignable to type 'string'" */}
    <TrackedForm name="a" events={{ start: { event: 'form_start', properties: { form_name: 3 } } }} />
    {/* The names of events and facts. */}
    {/* @expect TS2820 "Did you mean '\"demo_booked\"'" */}
    <TrackedForm name="a" events={{ success: 'demo_bookd' }} />
    {/* @expect TS2820 "Did you mean '\"demo_booked\"'" */}
    <TrackedForm name="a" events={{ success: { event: 'demo_bookd' } }} />
    {/* @expect TS2561 "'succes' does not exist" "Did you mean to write 'success'" */}
    <TrackedForm name="a" events={{ succes: 'demo_booked' }} />
    {/* @expect TS2322 "'number' is not assignable to type" "\"demo_booked\"" */}
    <TrackedForm name="a" events={{ success: 3 }} />
    {/* @expect TS2741|TS2322 "'name' is missing in type" */}
    <TrackedForm events={{ success: 'demo_booked' }} />
  </>
)

export function useWrong(): void {
  // @expect TS2322 "is not assignable to type '{ event: \"pricing_clicked\"; properties: { tier:"
  useTrackedForm({ name: 'a', events: { success: 'pricing_clicked' } })
  // @expect TS2322 "'\"gold\"' is not assignable" "\"starter\""
  useTrackedForm({ name: 'a', events: { start: { event: 'pricing_clicked', properties: { tier: 'gold' } } } })
  // @expect TS2820 "Did you mean '\"demo_booked\"'"
  useTrackedForm({ name: 'a', events: { success: 'demo_bookd' } })
  // @expect TS2561 "Did you mean to write 'success'"
  useTrackedForm({ name: 'a', events: { succes: 'demo_booked' } })
  // @expect TS2820|TS2322 "'\"succes\"' is not assignable"
  useTrackedForm({ name: 'a', outcome: () => 'succes' })
}

export const videos: ReactElement = (
  <>
    {/* @expect TS2322 "is not assignable to type '{ event: \"pricing_clicked\"; properties: { tier:" */}
    <VideoProgress name="a" events={{ start: 'pricing_clicked' }} />
    {/* @expect TS2353 "'teir' does not exist in type '{ tier:" */}
    <VideoProgress name="a" events={{ start: { event: 'pricing_clicked', properties: { teir: 'pro' } } }} />
    {/* @expect TS2820 "Did you mean '\"demo_booked\"'" */}
    <VideoProgress name="a" events={{ start: 'demo_bookd' }} />
    {/* @expect TS2561 "Did you mean to write 'complete'" */}
    <VideoProgress name="a" events={{ completed: 'demo_booked' }} />
    {/* @expect TS2322 "'\"30%\"' is not assignable to type 'Mark'" */}
    <VideoProgress name="a" marks={[25, '30%']} />
    {/* @expect TS2322 "'\"half\"' is not assignable to type 'Mark'" */}
    <VideoProgress name="a" marks={['half']} />
    {/* @expect TS2820 "Did you mean '\"watched\"'" */}
    <VideoProgress name="a" mode="wached" />
    {/* @expect TS2741 "'name' is missing in type" */}
    <VideoProgress marks={[25]} />
  </>
)

export function Twice(): ReactElement {
  const own = useTrackedForm({ name: 'a' })
  return (
    <>
      {/* A form with a handle of its own takes nothing that the handle was given. */}
      {/* @expect TS2322 "'string' is not assignable to type 'undefined'" */}
      <TrackedForm form={own} name="a" />
      {/* @expect TS2322 "'outcome' does not exist" */}
      <TrackedForm form={own} outcome={() => 'success'} />
      {/* @expect TS2322 "'events' does not exist" */}
      <TrackedForm form={own} events={{ success: 'demo_booked' }} />
      {/* @expect TS2322 "Source has 1 element(s) but target requires 2" */}
      <VideoProgress name="a" ignore={[[1]]} />
      {/* @expect TS2353|TS2322 "'summary' does not exist in type" */}
      <VideoProgress name="a" events={{ summary: 'demo_booked' }} />
    </>
  )
}
