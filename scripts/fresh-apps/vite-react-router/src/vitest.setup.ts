import 'react-microconversions/testing/vitest'
