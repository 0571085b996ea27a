/** The page on which an event happened. */
export interface PageContext {
  /** Number of the page scope in this document, from 1. */
  readonly number: number
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
  /** Kind of page, such as `article`, if the application sets it. */
  readonly type?: string | undefined
}

/** Parameters of a route, as React Router's and Next's `useParams` return them. */
export interface RouteParams {
  readonly [name: string]: string | readonly string[] | undefined
}

/** Names of a page. */
export interface PageNaming {
  /**
   * The route, such as `/blog/:slug`, which is reported as `page.path` in place of the pathname. Default: made of
   * `params`, if given.
   */
  readonly template?: string | undefined
  /** Parameters of the route. Without a `template`, `page.path` is made of them and the pathname. */
  readonly params?: RouteParams | null | undefined
  /**
   * Names of query parameters whose change means another page: `['id']`. Their values are compared, but not sent.
   * Default: none.
   */
  readonly search?: readonly string[] | undefined
  /** Key whose change means another page, even if neither pathname nor `search` differs. */
  readonly key?: string | undefined
  /** Title of the page. Default: the document's title, read at each event. */
  readonly title?: string | undefined
  /** Kind of page, such as `article`. Sent as `page.type`, and as `page_type` of `page_view`. */
  readonly type?: string | undefined
}

/** Argument of `page`: identity and names of the page. */
export interface PageInput extends PageNaming {
  /**
   * The router's pathname. It identifies the page, without query, fragment and trailing slash: a call for the page in
   * view does not begin another one. Without `path` and `key`, every call begins a page. Default: the document's
   * pathname.
   */
  readonly path?: string | undefined
}
