//! The settings of the C library's memory allocator.
//!
//! libtorch allocates and frees the same few large blocks for every batch. glibc hands blocks of that size back to the
//! system each time and fetches them anew, page by page, which costs a fifth of the time of a run; and every thread
//! keeps an arena of its own, which multiplies the memory.
#![allow(unsafe_code, reason = "mallopt is a C function")]

/// Keeps large blocks in the process. To be called before the first thread starts.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn prepare() {
    let settings = [
        (libc::M_MMAP_THRESHOLD, 1 << 30),
        (libc::M_TRIM_THRESHOLD, libc::c_int::MAX),
        (libc::M_TOP_PAD, 64 << 20),
        (libc::M_ARENA_MAX, 1),
    ];
    for (option, value) in settings {
        // SAFETY: mallopt takes two numbers, and no other thread runs yet. One that is refused changes nothing.
        unsafe { libc::mallopt(option, value) };
    }
}

/// Other allocators need no help.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn prepare() {}
