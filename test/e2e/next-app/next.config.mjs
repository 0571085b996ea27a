export default {
  devIndicators: false,
  redirects: async () => [{ source: '/old', destination: '/', permanent: false }],
  turbopack: { root: import.meta.dirname },
}
