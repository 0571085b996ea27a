import { Fragment, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { TrackedForm } from 'react-microconversions'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { field, guardForms, openForm, press } from '../../support/form-tracking.tsx'
import { sent, soon } from '../react/plan.ts'

guardForms()

const send = <button type="submit">Send</button>
const button = (name: string, onClick: () => void, more = {}) => (
  <button key={name} type="button" onClick={onClick} {...more}>
    {name}
  </button>
)

/** Rating stars: buttons, and a hidden input that has the value. */
function Stars() {
  const [stars, setStars] = useState(0)
  return (
    <>
      {[1, 2, 3].map((count) => button(`${count} stars`, () => setStars(count)))}
      <input type="hidden" name="choice" value={stars} />
    </>
  )
}

interface MenuProps {
  /** Renders the control that is sent with the form. */
  readonly control: (value: string) => ReactNode
  /** Event that chooses an option. */
  readonly by?: 'onClick' | 'onPointerUp' | 'onKeyDown' | 'onKeyUp'
}

/** A select menu of a component library: its options are in a portal, so that nothing clips them. */
function Menu({ control, by = 'onClick' }: MenuProps) {
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState('')
  const choose = () => {
    setValue('ada-secret')
    setOpen(false)
  }
  return (
    <>
      {button('Open', () => setOpen(true), { 'aria-expanded': open, 'aria-haspopup': 'listbox' })}
      {open &&
        createPortal(
          <div tabIndex={-1} ref={(list) => list?.focus()} {...{ [by]: choose }}>
            Option
          </div>,
          document.body,
        )}
      {control(value)}
    </>
  )
}

const ignore = () => {}
const hiddenInput = (value: string) => <input type="hidden" name="choice" value={value} />
const checkedInput = (value: string) => (
  <input type="radio" name="choice" value={value} checked={value !== ''} onChange={ignore} hidden />
)
const hiddenIfChosen = (value: string) => value && <input type="hidden" name="choice" value={value} hidden />
const unseenInput = (value: string) => (
  <input
    aria-hidden="true"
    tabIndex={-1}
    name="choice"
    value={value}
    onChange={ignore}
    style={{ opacity: 0 }}
  />
)
const unseenSelect = (value: string) => (
  <div aria-hidden="true" style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden' }}>
    <select tabIndex={-1} name="choice" value={value} onChange={ignore}>
      <option value="" />
      <option value="ada-secret">Ada</option>
    </select>
  </div>
)

function DatePicker() {
  const [day, setDay] = useState('')
  return (
    <>
      <input name="choice" aria-label="Day" value={day} readOnly />
      {button('17 May', () => setDay('2026-05-17-ada-secret'))}
    </>
  )
}

function Switch() {
  const [on, setOn] = useState(true)
  return (
    <>
      {button('Updates', () => setOn(!on), { role: 'switch', 'aria-checked': on })}
      <input type="checkbox" name="choice" checked={on} onChange={ignore} hidden />
    </>
  )
}

const form = (widget: ReactElement) =>
  openForm(
    <TrackedForm name="demo" onSubmit={sent}>
      {widget}
      {send}
    </TrackedForm>,
  )

const pick = async () => {
  await press('Open')
  await userEvent.click(page.getByText('Option'))
}
const pickByKey = async () => {
  await press('Open')
  await userEvent.keyboard('{Enter}')
}

const pickByHeldKey = async () => {
  await press('Open')
  await userEvent.keyboard('{Enter>}')
  await soon()
  await userEvent.keyboard('{/Enter}')
}

it.each<[string, ReactElement, () => Promise<void>]>([
  ['rating stars', <Stars key="" />, () => press('2 stars')],
  ['a menu in a portal, over a hidden input', <Menu key="" control={hiddenInput} />, pick],
  ['a menu whose hidden input comes with its value', <Menu key="" control={hiddenIfChosen} />, pick],
  ['a menu over an input that is not seen', <Menu key="" control={unseenInput} />, pick],
  ['a menu over a select that is not seen', <Menu key="" control={unseenSelect} />, pick],
  ['a menu over a radio button that takes each value', <Menu key="" control={checkedInput} />, pick],
  ['a menu, when the pointer is released', <Menu key="" control={hiddenInput} by="onPointerUp" />, pick],
  ['a menu, by key', <Menu key="" control={hiddenInput} by="onKeyDown" />, pickByKey],
  ['a menu, when a key is released', <Menu key="" control={hiddenInput} by="onKeyUp" />, pickByHeldKey],
  ['a date picker that fills in its field', <DatePicker key="" />, () => press('17 May')],
  [
    'a switch over a checkbox that is not seen',
    <Switch key="" />,
    () => userEvent.click(page.getByRole('switch')),
  ],
])('a choice starts the form: %s', async (_, widget, choose) => {
  const tracking = form(widget)
  await choose()
  await tracking.expectNames('start')
  expect(await tracking.of('start')).toMatchObject([{ field_name: 'choice' }])
  await choose()
  await tracking.expectNames('start')
  tracking.rerender(<p>gone</p>)
  await tracking.expectNames('start', 'abandon')
  expect(await tracking.of('abandon')).toMatchObject([{ last_field: 'choice' }])
  expect(JSON.stringify(await tracking.arrived())).not.toContain('secret')
})

/** As Radix does: the menu opens on top of its button at once, and its control is a select that announces a change. */
function InstantMenu() {
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState('')
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (value) select.current?.dispatchEvent(new Event('change', { bubbles: true }))
  }, [value])
  return (
    <>
      <button
        type="button"
        onPointerDown={(event) => {
          event.preventDefault()
          setOpen(true)
        }}
      >
        Open
      </button>
      {open &&
        createPortal(
          <div style={{ position: 'fixed', inset: 0 }}>
            {button('Option', () => {
              setValue('ada-secret')
              setOpen(false)
            })}
          </div>,
          document.body,
        )}
      <select ref={select} aria-hidden="true" tabIndex={-1} name="choice" value={value} onChange={ignore}>
        <option value="" />
        <option value="ada-secret">Ada</option>
      </select>
    </>
  )
}

it('a choice starts the form: a menu that covers its button before the click', async () => {
  const tracking = form(<InstantMenu />)
  await pick()
  await tracking.expectNames('start', 'field')
  expect(await tracking.of('start')).toMatchObject([{ field_name: 'choice' }])
})

it('a choice that submits the form is its start', async () => {
  function Rating() {
    const [stars, setStars] = useState('')
    return (
      <>
        <button type="submit" onClick={() => setStars('3')}>
          3 stars
        </button>
        <input type="hidden" name="choice" value={stars} />
      </>
    )
  }
  const tracking = form(<Rating />)
  await press('3 stars')
  await tracking.expectNames('start', 'submit', 'success')
})

it('a choice resumes a form that was left', async () => {
  const tracking = form(<Stars />)
  await press('1 stars')
  await tracking.expectNames('start')
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await press('2 stars')
  await tracking.expectNames('start', 'abandon', 'resume')
})

/** A hidden field that a program changes: a token, the address of the page, a sign that a person is there. */
function Token({ children }: { readonly children: (change: () => void) => ReactNode }) {
  const [token, setToken] = useState(0)
  return (
    <>
      {children(() => setToken((last) => last + 1))}
      <input type="hidden" name="token" value={token} />
    </>
  )
}

/** A part of the form that a button shows and hides. */
function Part({ children }: { readonly children: ReactNode }) {
  const [isShown, setIsShown] = useState(false)
  return (
    <>
      {button('More', () => setIsShown(!isShown))}
      {isShown && children}
    </>
  )
}

const select = (
  <select name="size" aria-label="Size">
    <option>Small</option>
    <option>Large</option>
  </select>
)
const checkedRadios = (
  <fieldset>
    <input type="radio" name="speed" value="slow" aria-label="Slow" defaultChecked />
    <input type="radio" name="speed" value="fast" aria-label="Fast" />
  </fieldset>
)

const outside = (node: ReactNode) => createPortal(node, document.body)

it.each<[string, ReactElement, () => Promise<void>]>([
  ['a menu that is opened', <Menu key="" control={hiddenInput} />, () => press('Open')],
  ['a select that a button shows', <Part key="">{select}</Part>, () => press('More')],
  [
    'a select that a button shows and hides',
    <Part key="">{select}</Part>,
    async () => {
      await press('More')
      await soon()
      await press('More')
    },
  ],
  ['a part with a checked radio button', <Part key="">{checkedRadios}</Part>, () => press('More')],
  [
    'a checkbox without a name, beside another one',
    <Fragment key="">
      <input type="checkbox" aria-label="News" />
      <Part>
        <input type="checkbox" aria-label="Offers" defaultChecked />
      </Part>
    </Fragment>,
    () => press('More'),
  ],
  [
    'a part with a hidden field and one to fill in',
    <Part key="">
      <input type="hidden" name="address" value="2" />
      <input name="street" aria-label="Street" />
    </Part>,
    () => press('More'),
  ],
  [
    'a program that sets a token after a click',
    <Token key="">{(change) => button('Wait', () => setTimeout(change, 60))}</Token>,
    () => press('Wait'),
  ],
  [
    'a program that notes that a field was clicked',
    <Token key="">{(change) => <input aria-label="Email" onClick={change} onFocus={change} />}</Token>,
    () => userEvent.click(field('Email')),
  ],
  [
    'a program that notes that a field was reached by a key',
    <Token key="">
      {(change) => (
        <>
          <input aria-label="Email" />
          <input aria-label="Name" onFocus={change} />
        </>
      )}
    </Token>,
    async () => {
      await userEvent.click(field('Email'))
      await userEvent.tab()
    },
  ],
  [
    'a link in the page, once the form was visited',
    <Token key="">
      {(change) => (
        <>
          <input aria-label="Email" />
          {outside(button('Next page', change))}
        </>
      )}
    </Token>,
    async () => {
      await userEvent.click(field('Email'))
      await press('Next page')
    },
  ],
  [
    'a script that clicks',
    <Stars key="" />,
    async () => (page.getByText('2 stars').element() as HTMLElement).click(),
  ],
])('no choice, no start: %s', async (_, widget, act) => {
  const tracking = openForm(<TrackedForm name="demo">{widget}</TrackedForm>)
  await act()
  await soon()
  await tracking.expectNames()
})
