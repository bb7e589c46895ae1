export const formatPretty = 1
