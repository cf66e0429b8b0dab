//! Any text is proofread without a panic, every finding has a place in it,
//! and mending a second time finds nothing to mend.
//!
//! `cargo +nightly fuzz run copy`

#![no_main]

use banxin::base::clreq::Region;
use banxin::base::diag::SourceId;
use banxin::desk::date::Date;
use banxin::desk::lint::{Settings, WordList, fix, lint};
use banxin::desk::manuscript::{Format, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let settings = Settings {
        region: Region::Cn,
        date: Date::parse("2026-05-02"),
        words: WordList::default(),
    };
    for format in [Format::Markdown, Format::Plain] {
        for note in lint(&read(SourceId(0), text, format).value, &settings) {
            let span = note.span.expect("a place");
            assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
        let fixed = fix(text, format, &settings);
        assert!(fix(&fixed.text, format, &settings).rounds.is_empty());
    }
});
