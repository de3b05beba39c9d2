/** Style sheets are imported for their effect only; the bundler links them. */
declare module '*.css';
declare module '*.ogg?url' {
  const url: string;
  export default url;
}
