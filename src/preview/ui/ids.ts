/** Elements that keys lead to. */
export const SEARCH_ID = 'search'
export const READER_PICKER_ID = 'reader-picker'
