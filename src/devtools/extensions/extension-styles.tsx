import { useExtensions } from '../overlay-state.ts'
import { useStyles } from '../parts/use-styles.ts'

/** Puts the styles of the extensions into the tree that it is in. */
export function ExtensionStyles() {
  const styles = useExtensions((now) => now.styles)
  return <span ref={useStyles<HTMLSpanElement>(styles)} hidden />
}
