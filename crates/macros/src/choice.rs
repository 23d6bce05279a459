//! `Param`: an enum is one of a few texts, or one of a few shapes.

use crate::{attributes, names};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, Result, Type, Variant};

pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "`Param` is for enums; for a struct derive `Params`"));
    };
    let variants: Vec<&Variant> = data.variants.iter().collect();
    let (schema, reads) = if variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) {
        texts(&variants)?
    } else {
        alternatives(&variants, attributes::several_may_fit(&input.attrs)?)?
    };
    let ident = &input.ident;
    Ok(quote! {
        impl crate::params::Param for #ident {
            const SCHEMA: crate::params::Schema = #schema;

            fn read(value: ::serde_json::Value) -> ::core::option::Option<Self> {
                #reads
            }
        }
    })
}

fn texts(variants: &[&Variant]) -> Result<(TokenStream, TokenStream)> {
    let idents = variants.iter().map(|variant| &variant.ident);
    let names = variants.iter().map(|variant| name(variant)).collect::<Result<Vec<String>>>()?;
    let schema = quote!(crate::params::Schema::TEXT.choices(&[#(#names),*]));
    let reads = quote! {
        match value.as_str()? {
            #(#names => ::core::option::Option::Some(Self::#idents),)*
            _ => ::core::option::Option::None,
        }
    };
    Ok((schema, reads))
}

fn name(variant: &Variant) -> Result<String> {
    Ok(attributes::rename(&variant.attrs)?.unwrap_or_else(|| names::of_variant(&variant.ident)))
}

fn alternatives(variants: &[&Variant], any_of: bool) -> Result<(TokenStream, TokenStream)> {
    let held = variants.iter().map(|variant| held(variant)).collect::<Result<Vec<(&Ident, &Type)>>>()?;
    let (idents, types): (Vec<_>, Vec<_>) = held.into_iter().unzip();
    let combine = if any_of { quote!(any_of) } else { quote!(one_of) };
    let schema = quote!(crate::params::Schema::#combine(&[#(<#types as crate::params::Param>::SCHEMA),*]));
    let reads = quote! {
        #(let value = match crate::params::fit::<#types>(value) {
            ::core::result::Result::Ok(held) => return ::core::option::Option::Some(Self::#idents(held)),
            ::core::result::Result::Err(value) => value,
        };)*
        ::core::mem::drop(value);
        ::core::option::Option::None
    };
    Ok((schema, reads))
}

fn held(variant: &Variant) -> Result<(&Ident, &Type)> {
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok((&variant.ident, &fields.unnamed[0].ty)),
        _ => Err(Error::new_spanned(variant, "either all variants are plain names, or each holds exactly one value")),
    }
}
