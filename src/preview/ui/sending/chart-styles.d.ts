// A style sheet that comes with the chart; a bundler takes it.
declare module '@mantine/charts/styles.layer.css'
