//! The derives that endpoint rows need: [`Params`] for an object of parameters, [`Param`] for a choice between values.
//!
//! Both write a static description and a reader, nothing else; what they mean is told at the head of the REST layer's
//! `params` module, for which alone they write code.

use proc_macro::TokenStream;

mod attributes;
mod choice;
mod names;
mod object;

/// Makes a struct with named fields an object of parameters.
///
/// On the struct, `#[params(…)]` takes `strict`, `one_of(roomId, roomName)`, `any_of(…)`, `min_properties = 1`; on a
/// field `rename = "…"`, `alias = "…"`, `flatten`, `default`, `default = …`, `nullable`, `not_blank`, `min_length`,
/// `max_length`, `min_items`, `max_items`, `min`, `max` (each `= …`), `choices("a", "b")`. Documentation comments become
/// descriptions.
#[proc_macro_derive(Params, attributes(params))]
pub fn params(input: TokenStream) -> TokenStream {
    expand(input, object::derive)
}

/// Makes an enum one parameter: unit variants are the texts that it may be, variants that hold one value each are
/// alternatives.
///
/// On the enum, `#[params(any_of)]` lets several alternatives fit (the first wins; without it exactly one must); on a unit
/// variant `rename = "…"`.
#[proc_macro_derive(Param, attributes(params))]
pub fn param(input: TokenStream) -> TokenStream {
    expand(input, choice::derive)
}

fn expand(input: TokenStream, derive: fn(&syn::DeriveInput) -> syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    derive(&input).unwrap_or_else(|error| error.into_compile_error()).into()
}
