//! Writes into the program where libtorch lies, so that it starts without `LD_LIBRARY_PATH`.
//!
//! Two places, in this order: `lib/` beside the program's `bin/`, as `scripts/package` lays it out, and the folder that
//! it was built with. A package must not pick up the libtorch of the machine that it was built on, so its own comes
//! first.

use std::env;
use std::path::Path;

fn main() {
    for variable in ["LIBTORCH", "LIBTORCH_LIB"] {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    println!("cargo:rerun-if-changed=build.rs");

    let beside = match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("macos") => "@executable_path/../lib",
        Ok("linux") => "$ORIGIN/../lib",
        _ => return,
    };
    println!("cargo:rustc-link-arg=-Wl,-rpath,{beside}");
    // Without either variable torch-sys takes the system's libtorch, which the loader finds by itself.
    if let Some(libtorch) = env::var_os("LIBTORCH_LIB").or_else(|| env::var_os("LIBTORCH")) {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{}", Path::new(&libtorch).join("lib").display());
    }
}
