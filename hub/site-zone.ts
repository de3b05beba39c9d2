/** The agency's own zone: "today" of lists and reports is the site's. */
export const SITE_ZONE = 'Europe/Rome';
