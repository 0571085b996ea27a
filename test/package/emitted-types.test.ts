import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

  test('say any nowhere', () => {
    expect([...texts].filter(([, text]) => /\bany\b/.test(text)).map(([file]) => file)).toEqual([])
  })

  test('mention the types of React and of Testing Library, and of nobody else', () => {
    const names = [...texts.values()].flatMap(modulesNamedIn).filter((name) => !name.startsWith('.'))
    expect([...new Set(names)].sort()).toEqual(['@testing-library/react', 'react'])
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
