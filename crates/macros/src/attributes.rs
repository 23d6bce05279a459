//! What `#[params(…)]` says, and what the documentation comments say.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Result, Token};

/// The attributes of a struct.
#[derive(Default)]
pub(crate) struct OfStruct {
    pub(crate) strict: bool,
    pub(crate) one_of: Vec<Ident>,
    pub(crate) any_of: Vec<Ident>,
    pub(crate) min_properties: Option<Expr>,
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct OfField {
    pub(crate) rename: Option<String>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) flatten: bool,
    pub(crate) fallback: Option<Fallback>,
    /// Calls of the builder methods of `Schema`, each with its dot.
    pub(crate) rules: Vec<TokenStream>,
}

/// What stands for an absent value.
pub(crate) enum Fallback {
    /// The type's own default.
    OfType,
    /// This value.
    Value(Box<Expr>),
}

impl OfStruct {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        each(attributes, |meta| match meta.path.require_ident()?.to_string().as_str() {
            "strict" => set(&mut found.strict),
            "one_of" => names(meta).map(|names| found.one_of = names),
            "any_of" => names(meta).map(|names| found.any_of = names),
            "min_properties" => meta.value()?.parse().map(|least| found.min_properties = Some(least)),
            _ => Err(meta.error("expected `strict`, `one_of(…)`, `any_of(…)` or `min_properties = …`")),
        })?;
        Ok(found)
    }
}

impl OfField {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        each(attributes, |meta| found.take(meta))?;
        Ok(found)
    }

    fn take(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let word = meta.path.require_ident()?;
        match word.to_string().as_str() {
            "rename" => text(meta).map(|name| self.rename = Some(name.value())),
            "alias" => text(meta).map(|name| self.aliases.push(name)),
            "flatten" => set(&mut self.flatten),
            "default" => fallback(meta).map(|fallback| self.fallback = Some(fallback)),
            "nullable" | "not_blank" => self.rule(quote!(.#word())),
            "min_length" | "max_length" | "min_items" | "max_items" | "min" | "max" => {
                let bound: Expr = meta.value()?.parse()?;
                self.rule(quote!(.#word(#bound)))
            }
            "choices" => {
                let texts = list::<LitStr>(meta, |input| input.parse())?;
                self.rule(quote!(.choices(&[#(#texts),*])))
            }
            _ => Err(meta.error("unknown attribute of a parameter")),
        }
    }

    fn rule(&mut self, call: TokenStream) -> Result<()> {
        self.rules.push(call);
        Ok(())
    }
}

/// Whether `#[params(any_of)]` stands on an enum.
pub(crate) fn several_may_fit(attributes: &[Attribute]) -> Result<bool> {
    let mut any_of = false;
    each(attributes, |meta| match meta.path.is_ident("any_of") {
        true => set(&mut any_of),
        false => Err(meta.error("expected `any_of`")),
    })?;
    Ok(any_of)
}

/// The name that `#[params(rename = "…")]` gives a variant.
pub(crate) fn rename(attributes: &[Attribute]) -> Result<Option<String>> {
    let mut name = None;
    each(attributes, |meta| match meta.path.is_ident("rename") {
        true => text(meta).map(|given| name = Some(given.value())),
        false => Err(meta.error("expected `rename = \"…\"`")),
    })?;
    Ok(name)
}

/// The documentation comment as one line.
pub(crate) fn documentation(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn each(attributes: &[Attribute], mut take: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    let mut own = attributes.iter().filter(|attribute| attribute.path().is_ident("params"));
    own.try_for_each(|attribute| attribute.parse_nested_meta(|meta| take(&meta)))
}

fn set(flag: &mut bool) -> Result<()> {
    *flag = true;
    Ok(())
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

fn fallback(meta: &ParseNestedMeta<'_>) -> Result<Fallback> {
    if meta.input.peek(Token![=]) { Ok(Fallback::Value(meta.value()?.parse()?)) } else { Ok(Fallback::OfType) }
}

fn names(meta: &ParseNestedMeta<'_>) -> Result<Vec<Ident>> {
    list(meta, Ident::parse_any)
}

fn list<T>(meta: &ParseNestedMeta<'_>, item: fn(syn::parse::ParseStream<'_>) -> Result<T>) -> Result<Vec<T>> {
    let inside;
    syn::parenthesized!(inside in meta.input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated_with(&inside, item)?.into_iter().collect())
}
