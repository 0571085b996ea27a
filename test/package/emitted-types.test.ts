import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { checkFixture, compilers } from '../../scripts/check-types.mjs'
import { publicEntries, root } from '../../scripts/entries.mjs'

const { package: installed, apps } = inject('packed')
const fixtures = join(root, 'test/types')

describe.each(compilers)('the declarations that an application emits under $name', (compiler) => {
  const folder = mkdtempSync(join(apps[19], 'emit-'))
  const emitted = join(folder, 'emitted')
  const copy = (to: string, ...names: string[]) => {
    for (const name of names) cpSync(join(fixtures, name), join(to, name))
  }

  beforeAll(() => {
    copy(folder, 'equal.ts', 'plan-schemas.ts', 'plan-reuse.ts')
    copy(folder, 'registered/plan.ts', 'registered/register.ts', 'registered/forms.tsx')
    const compilerOptions = {
      noEmit: false,
      emitDeclarationOnly: true,
      rootDir: '.',
      outDir: emitted,
      paths: { react: [compiler.react], 'react/*': [`${compiler.react}/*`] },
    }
    const base = join(fixtures, 'tsconfig.json')
    const config = { extends: base, compilerOptions, include: ['.'], exclude: [emitted] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    // It throws what cannot be named: TS2742, TS2883, TS4023.
    execFileSync(process.execPath, [compiler.tsc, '-p', folder], { encoding: 'utf8' })
  })

  test('name the types behind a plan by a public entry, and no validator', () => {
    const plan = readFileSync(join(emitted, 'registered/plan.d.ts'), 'utf8')
    expect(plan).toContain('pricing_clicked: {')
    // Either is right: TypeScript 7 takes the shorter name when the application imports both.
    for (const name of modulesNamedIn(plan)) expect(name).toMatch(/^react-microconversions(\/core)?$/)
  })

  test('are as good as the source', async () => {
    copy(emitted, 'registered/accepted.tsx', 'registered/refused.tsx', 'registered/forms-refused.tsx')
    expect(await checkFixture(emitted, compiler)).toEqual([])
  })
})

describe('the declarations of the package', () => {
  const texts = new Map<string, string>()
  const read = (file: string) => {
    if (texts.has(file)) return
    const text = withoutComments(readFileSync(file, 'utf8'))
    texts.set(file, text)
    for (const name of modulesNamedIn(text)) {
      if (name.startsWith('.')) read(join(dirname(file), name.replace(/\.tsx?$/, '.d.ts')))
    }
  }
  for (const { file } of publicEntries()) read(join(installed, `dist/${file}.d.ts`))

  test('say any only where an interface of Vitest 4 is extended, which says it', () => {
    const files = [...texts].filter(([, text]) => /\bany\b/.test(text)).map(([file]) => file)
    expect(files.map((file) => basename(file))).toEqual(['vitest-4.d.ts'])
  })

  test('mention the types of React, and of a test tool or Storybook only in the entry for it', () => {
    const mentions = [...texts].flatMap(([file, text]) =>
      modulesNamedIn(text)
        .filter((name) => !name.startsWith('.') && name !== 'react')
        .map((name) => `${relative(join(installed, 'dist'), file)}: ${name}`),
    )
    expect(mentions.sort()).toEqual([
      'storybook/addon.d.ts: storybook/internal/csf',
      'testing/coverage/reporter.d.ts: vitest/node',
      'testing/playwright/fixture.d.ts: @playwright/test',
      'testing/render.d.ts: @testing-library/react',
      'testing/testing-library.d.ts: @testing-library/react',
    ])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

function modulesNamedIn(text: string): string[] {
  const names = [...text.matchAll(/(?:\bfrom |\bimport\(|\bimport )["']([^"']+)["']/g)].map(
    ([, name]) => name ?? '',
  )
  return [...new Set(names)]
}
