//! `Params`: a struct is an object of parameters.

use crate::attributes::{self, Fallback, OfField, OfStruct};
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Result, Type};

/// A field with what its attributes say.
struct Field<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    name: String,
    about: String,
    attributes: OfField,
}

pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let fields = fields(input)?;
    let own = OfStruct::read(&input.attrs)?;
    refuse_strangers(&own, &fields)?;
    let ident = &input.ident;
    let object = object(&own, &fields);
    let reads = fields.iter().map(read);
    Ok(quote! {
        impl crate::params::Params for #ident {
            const OBJECT: &'static crate::params::Object = &#object;

            fn read(fields: &mut crate::params::Entries) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self { #(#reads),* })
            }
        }
    })
}

fn fields(input: &DeriveInput) -> Result<Vec<Field<'_>>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "`Params` is for structs; for an enum derive `Param`"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(Error::new_spanned(&input.ident, "`Params` needs named fields; no parameters are `()`"));
    };
    named.named.iter().filter_map(|field| field.ident.as_ref().map(|ident| (ident, field))).map(field).collect()
}

fn field<'a>((ident, field): (&'a Ident, &'a syn::Field)) -> Result<Field<'a>> {
    let attributes = OfField::read(&field.attrs)?;
    let name = attributes.rename.clone().unwrap_or_else(|| names::of_field(ident));
    Ok(Field { ident, ty: &field.ty, name, about: attributes::documentation(&field.attrs), attributes })
}

/// A name in `one_of` or `any_of` that no field has is a slip of the pen. What is flattened may have it; then nobody knows.
fn refuse_strangers(own: &OfStruct, fields: &[Field<'_>]) -> Result<()> {
    if fields.iter().any(|field| field.attributes.flatten) {
        return Ok(());
    }
    let stranger = |name: &&Ident| fields.iter().all(|field| **name != field.name);
    match own.one_of.iter().chain(&own.any_of).find(stranger) {
        Some(name) => Err(Error::new(name.span(), "no field has this name on the wire")),
        None => Ok(()),
    }
}

fn object(own: &OfStruct, fields: &[Field<'_>]) -> TokenStream {
    let members = fields.iter().map(member);
    let strict = own.strict;
    let texts =
        |names: &[Ident]| names.iter().map(|name| LitStr::new(&name.to_string(), name.span())).collect::<Vec<_>>();
    let (one_of, any_of) = (texts(&own.one_of), texts(&own.any_of));
    let least = own.min_properties.as_ref().map_or_else(|| quote!(0), |least| quote!(#least));
    quote! {
        crate::params::Object {
            members: &[#(#members),*],
            strict: #strict,
            one_of: &[#(#one_of),*],
            any_of: &[#(#any_of),*],
            min_properties: #least,
        }
    }
}

fn member(field: &Field<'_>) -> TokenStream {
    let Field { ty, name, about, attributes: OfField { aliases, flatten, fallback, rules, .. }, .. } = field;
    if *flatten {
        return quote!(crate::params::Member::Flattened(<#ty as crate::params::Params>::OBJECT));
    }
    let required = match fallback {
        Some(_) => quote!(false),
        None => quote!(<#ty as crate::params::Param>::REQUIRED),
    };
    quote! {
        crate::params::Member::Property(crate::params::Property {
            name: #name,
            aliases: &[#(#aliases),*],
            required: #required,
            about: #about,
            schema: <#ty as crate::params::Param>::SCHEMA #(#rules)*,
        })
    }
}

fn read(field: &Field<'_>) -> TokenStream {
    let Field { ident, ty, name, attributes: OfField { aliases, flatten, fallback, .. }, .. } = field;
    if *flatten {
        return quote!(#ident: <#ty as crate::params::Params>::read(fields)?);
    }
    let optional = quote!(fields.take::<::core::option::Option<#ty>>(#name, &[#(#aliases),*])?);
    match fallback {
        None => quote!(#ident: fields.take(#name, &[#(#aliases),*])?),
        Some(Fallback::OfType) => quote!(#ident: #optional.unwrap_or_default()),
        Some(Fallback::Value(value)) => quote!(#ident: #optional.unwrap_or_else(|| #value)),
    }
}
