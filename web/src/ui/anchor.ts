/** Where something stands: an element, or anything that says where it is. */
export type Anchor = Element | { getBoundingClientRect(): DOMRect };
