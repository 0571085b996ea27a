export {} from './storybook/manager/register.tsx'
