import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Packages are in the folder of the project, above this application.
export default defineConfig({ plugins: [react()], server: { fs: { allow: ['../../..'] } } })
