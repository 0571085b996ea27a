import 'react-microconversions/testing/jest'
