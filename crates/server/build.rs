//! Embeds the web client as it was built: the list of its files, each with its compressed copies. Without one the list is
//! empty, and the server says so in its place.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../web/dist");
    // A folder that is not there would be looked for at every build.
    if dist.is_dir() {
        println!("cargo::rerun-if-changed={}", dist.display());
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
    let mut files = BTreeSet::new();
    if dist.join("index.html").is_file() {
        collect(&dist, &mut files)?;
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("web_client.rs"), list(&dist, &files)?)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if is_embedded(&path) {
            files.insert(path);
        }
    }
    Ok(())
}

/// Source maps would show everybody the whole source at twice the size of the rest.
fn is_embedded(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !hidden && !["map", "br", "gz"].contains(&extension)
}

fn list(dist: &Path, files: &BTreeSet<PathBuf>) -> Result<String, Box<dyn Error>> {
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(dist)?.to_str().ok_or("a file's name is no text")?.replace('\\', "/");
        writeln!(
            list,
            "    File {{ path: {:?}, plain: include_bytes!({:?}), brotli: {}, gzip: {} }},",
            format!("/{name}"),
            file.display().to_string(),
            copy(file, "br"),
            copy(file, "gz"),
        )?;
    }
    Ok(list + "]\n")
}

/// The compressed copy beside a file, if it is one of this very file: an older one was made of another.
fn copy(file: &Path, extension: &str) -> String {
    let mut path = file.as_os_str().to_owned();
    path.push(format!(".{extension}"));
    let path = PathBuf::from(path);
    let made = |path: &Path| fs::metadata(path).and_then(|known| known.modified()).ok();
    match (made(&path), made(file)) {
        (Some(copied), Some(written)) if copied >= written => {
            format!("Some(include_bytes!({:?}))", path.display().to_string())
        }
        _ => "None".to_owned(),
    }
}
