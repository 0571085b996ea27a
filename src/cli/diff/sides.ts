import { readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Manifest } from '../../plan/manifest.ts'
import { attempt } from '../../support/attempt.ts'
import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'
import { describePlan } from '../manifest/describe-plan.ts'
import { checkedOut } from '../project/checked-out.ts'
import { openGit } from '../project/git.ts'
import { type LoadedPlan, loadPlan, shownPath } from '../project/load-plan.ts'
import { openProject, planFiles } from '../project/project.ts'
import { functionText } from './same.ts'

export interface Side {
  /** Undefined if the commit does not have the plan's file. */
  readonly manifest: Manifest | undefined
  /** The module, if it is a file in the working tree; undefined for a commit and for a manifest file. */
  readonly loaded?: LoadedPlan
  readonly shown: string
}

export interface Sides {
  readonly base: Side
  readonly head: Side
}

/** Opens both sides of `diff [base] [head]` for each plan. A side is a git ref, a plan module, or a manifest file. */
export async function sidesOf(call: Call): Promise<readonly Sides[]> {
  const { positionals } = call
  const [base, head] = positionals
  const { cwd } = call.world
  const isFile = (name: string | undefined) =>
    name !== undefined && attempt(() => statSync(resolve(cwd, name)).isFile()) === true
  if (base !== undefined && head !== undefined && isFile(base) && isFile(head))
    return [{ base: await fileSide(call, base), head: await fileSide(call, head) }]
  const project = openProject(cwd)
  const files = planFiles(project, cwd, call.plans)
  if (files.length > 1 && (isFile(base) || isFile(head)))
    throw new Failure('there are several plans, and one file to compare with: name the plan with --plan.')
  const sides: Sides[] = []
  for (const file of files) {
    const side = (name: string) =>
      isFile(name) ? fileSide(call, name) : commitSide(call, project.root, file, name)
    sides.push({
      base: base === undefined ? await commitSide(call, project.root, file) : await side(base),
      head: head === undefined ? await moduleSide(call, file) : await side(head),
    })
  }
  return sides
}

function fileSide(call: Call, name: string): Promise<Side> | Side {
  const file = resolve(call.world.cwd, name)
  return name.endsWith('.json') ? manifestSide(file, name) : moduleSide(call, file)
}

async function moduleSide({ world, exportName }: Call, file: string): Promise<Side> {
  const shown = shownPath(world.cwd, file)
  const loaded = await loadPlan({ file, shown, cwd: world.cwd, exportName })
  return { manifest: await describePlan(loaded, functionText), loaded, shown }
}

function manifestSide(file: string, shown: string): Side {
  let manifest: Partial<Manifest> | undefined
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'))
  } catch {}
  if (manifest?.schema !== 'react-microconversions/plan/1')
    throw new Failure(`${shown} is no manifest: write one with microconversions manifest.`)
  return { manifest: manifest as Manifest, shown }
}

async function commitSide(call: Call, root: string, file: string, ref?: string): Promise<Side> {
  const git = openGit(root)
  const commit = ref === undefined ? git.base() : git.commitOf(ref)
  const path = relative(git.root, file).replaceAll('\\', '/')
  const shown = `${path} at ${ref ?? commit.slice(0, 12)}`
  const files = git.filesOf(commit)
  if (!files.has(path)) return { manifest: undefined, shown }
  return checkedOut(root, commit, files, async (folder) => {
    const loaded = await loadPlan({
      file: join(folder, path),
      shown,
      cwd: folder,
      exportName: call.exportName,
      cached: false,
    })
    return { manifest: await describePlan(loaded, functionText), shown }
  })
}
