/** How numbers and times are written: as the page's words are, which are English. Two ways of writing numbers on one page would invite misreading. */
export const LOCALE = "en" as string;
