//! One document over another: what a file takes from those it stands on.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::{Fault, Notes, allowed_words};

/// A key of a table of the document.
pub type KeyOf = (&'static str, &'static str);

/// What merging must know of the keys of a form.
#[derive(Clone, Copy, Debug)]
pub struct Inheritance {
    /// Keys of lists of tables that are merged by `name`.
    pub lists: &'static [&'static str],
    /// The key that names what a table takes away from what it inherits.
    pub drop: &'static str,
    /// The key of a table of such a list that holds names of the others: what
    /// belonged only to what was dropped goes with it.
    pub belongs: &'static str,
    /// Two ways of saying one thing: a key written in a table (first, by its
    /// path without indices, and second) takes away the inherited others.
    pub rivals: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// The same over tables: a key takes away inherited keys of other tables
    /// of the document.
    pub renews: &'static [(&'static str, &'static str, &'static [KeyOf])],
}

/// Moves all places of a document on by `by` bytes, so that the documents of
/// a chain do not share any.
pub(super) fn shift(table: &mut DeTable<'_>, by: usize) {
    if by == 0 {
        return;
    }
    for (key, value) in std::mem::take(table) {
        table.insert(moved(key, by), shifted(value, by));
    }
}

fn moved<T>(spanned: Spanned<T>, by: usize) -> Spanned<T> {
    let range = spanned.span();
    Spanned::new(range.start + by..range.end + by, spanned.into_inner())
}

fn shifted(value: Spanned<DeValue<'_>>, by: usize) -> Spanned<DeValue<'_>> {
    let mut value = moved(value, by);
    match value.get_mut() {
        DeValue::Table(table) => shift(table, by),
        DeValue::Array(list) => {
            let items = std::mem::replace(list, DeArray::new());
            for item in items {
                list.push(shifted(item, by));
            }
        }
        _ => {}
    }
    value
}

/// Lays a document over what it stands on: tables key by key, lists of named
/// tables by name, everything else replaced. What it drops by name must be
/// there.
pub(super) fn over<'i>(
    base: &mut DeTable<'i>,
    own: DeTable<'i>,
    rules: &Inheritance,
    notes: &mut Notes,
) {
    for &(table, key, gone) in rules.renews {
        let said = own.get(table).map(Spanned::get_ref);
        if !matches!(said, Some(DeValue::Table(said)) if said.contains_key(key)) {
            continue;
        }
        for (table, key) in gone {
            if let Some(DeValue::Table(there)) = base.get_mut(*table).map(Spanned::get_mut) {
                there.remove(*key);
            }
        }
    }
    lay(base, own, "", rules, notes);
}

fn lay<'i>(
    base: &mut DeTable<'i>,
    mut own: DeTable<'i>,
    path: &str,
    rules: &Inheritance,
    notes: &mut Notes,
) {
    drop_named(base, &mut own, rules, notes);
    for &(_, key, gone) in rules.rivals.iter().filter(|(table, ..)| *table == path) {
        if own.contains_key(key) {
            for key in gone {
                base.remove(*key);
            }
        }
    }
    for (key, value) in own {
        let name: &str = key.get_ref();
        let path = match path.is_empty() {
            true => name.to_owned(),
            false => format!("{path}.{name}"),
        };
        let range = value.span();
        let merged = match (
            base.remove(name).map(Spanned::into_inner),
            value.into_inner(),
        ) {
            (Some(DeValue::Table(mut below)), DeValue::Table(above)) => {
                lay(&mut below, above, &path, rules, notes);
                DeValue::Table(below)
            }
            (Some(DeValue::Array(below)), DeValue::Array(above)) if rules.lists.contains(&name) => {
                DeValue::Array(by_name(below, above, &path, rules, notes))
            }
            (_, value) => value,
        };
        base.insert(key, Spanned::new(range, merged));
    }
}

/// The tables of a list, in the order inherited, each with what is laid over
/// it; new ones behind them.
fn by_name<'i>(
    below: DeArray<'i>,
    above: DeArray<'i>,
    path: &str,
    rules: &Inheritance,
    notes: &mut Notes,
) -> DeArray<'i> {
    let mut above: Vec<Option<Spanned<DeValue<'i>>>> = above.into_iter().map(Some).collect();
    let mut list = DeArray::new();
    for mut item in below {
        let own = name_of(item.get_ref()).and_then(|name| {
            above
                .iter_mut()
                .find(|own| {
                    own.as_ref()
                        .is_some_and(|own| name_of(own.get_ref()) == Some(name))
                })
                .and_then(Option::take)
        });
        if let Some(own) = own {
            let range = own.span();
            if let (DeValue::Table(below), DeValue::Table(own)) = (item.get_mut(), own.into_inner())
            {
                lay(below, own, path, rules, notes);
            }
            item = Spanned::new(range, item.into_inner());
        }
        list.push(item);
    }
    for own in above.into_iter().flatten() {
        list.push(own);
    }
    list
}

fn name_of<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    let DeValue::Table(table) = value else {
        return None;
    };
    match table.get("name")?.get_ref() {
        DeValue::String(name) => Some(name),
        _ => None,
    }
}

/// The tables of the named lists of `table`.
fn named<'v, 'i>(
    table: &'v DeTable<'i>,
    rules: &'v Inheritance,
) -> impl Iterator<Item = (&'static str, &'v DeValue<'i>)> {
    rules.lists.iter().flat_map(|list| {
        let items = match table.get(*list).map(Spanned::get_ref) {
            Some(DeValue::Array(items)) => items.as_ref(),
            _ => &[],
        };
        items.iter().map(|item| (*list, item.get_ref()))
    })
}

/// Takes the names that `own` drops out of what it inherits, and `drop` out
/// of it. What belonged to them alone goes with them, unless its owner is
/// made anew.
fn drop_named(
    base: &mut DeTable<'_>,
    own: &mut DeTable<'_>,
    rules: &Inheritance,
    notes: &mut Notes,
) {
    let Some(asked) = own.remove(rules.drop) else {
        return;
    };
    let whole = asked.span();
    let names: Vec<(String, std::ops::Range<usize>)> = match asked.into_inner() {
        DeValue::String(name) => vec![(name.into_owned(), whole)],
        DeValue::Array(list)
            if list
                .iter()
                .all(|item| matches!(item.get_ref(), DeValue::String(_))) =>
        {
            let texts = list.into_iter().map(|item| {
                let range = item.span();
                match item.into_inner() {
                    DeValue::String(name) => (name.into_owned(), range),
                    _ => (String::new(), range),
                }
            });
            texts.collect()
        }
        _ => {
            notes.fatal(
                Fault::WrongValue,
                Some(&whole),
                (
                    "drop 应为一组名字".into(),
                    "`drop` must be a list of names".into(),
                ),
                Some((
                    "写成 drop = [\"ear\"]".into(),
                    "write `drop = [\"ear\"]`".into(),
                )),
            );
            return;
        }
    };
    let known: Vec<String> = named(base, rules)
        .filter_map(|(_, item)| name_of(item))
        .map(str::to_owned)
        .collect();
    for (name, range) in &names {
        if !known.contains(name) {
            let words: Vec<&str> = known.iter().map(String::as_str).collect();
            notes.fatal(
                Fault::UnknownName,
                Some(range),
                (
                    format!("继承来的里面没有“{name}”"),
                    format!("nothing of the name `{name}` is inherited"),
                ),
                Some(allowed_words(name, &words)),
            );
        }
    }
    let dropped: BTreeSet<String> = names.into_iter().map(|(name, _)| name).collect();
    let again: BTreeSet<String> = named(own, rules)
        .filter_map(|(_, item)| name_of(item))
        .map(str::to_owned)
        .collect();
    let mut orphaned: BTreeSet<String> = &dropped - &again;
    retain(base, rules, |item| {
        name_of(item).is_none_or(|name| !dropped.contains(name))
    });
    // what goes may have had others that belonged to it
    while !orphaned.is_empty() {
        let mut next = BTreeSet::new();
        retain(base, rules, |item| {
            let name = name_of(item).map(str::to_owned);
            let stays = keeps_an_owner(item, &orphaned, rules);
            next.extend(name.filter(|name| !stays && !again.contains(name)));
            stays
        });
        orphaned = next;
    }
}

/// Keeps the tables of the named lists that `keep` is true for.
fn retain<'i>(
    table: &mut DeTable<'i>,
    rules: &Inheritance,
    mut keep: impl FnMut(&mut DeValue<'i>) -> bool,
) {
    for list in rules.lists {
        if let Some(DeValue::Array(items)) = table.get_mut(*list).map(Spanned::get_mut) {
            let old = std::mem::replace(items, DeArray::new());
            for mut item in old {
                if keep(item.get_mut()) {
                    items.push(item);
                }
            }
        }
    }
}

/// Takes the orphaned names out of what `item` belongs to; whether it still
/// belongs to something, or never did.
fn keeps_an_owner(
    item: &mut DeValue<'_>,
    orphaned: &BTreeSet<String>,
    rules: &Inheritance,
) -> bool {
    let DeValue::Table(table) = item else {
        return true;
    };
    let gone = |value: &DeValue<'_>| matches!(value, DeValue::String(name) if orphaned.contains(name.as_ref() as &str));
    match table.get_mut(rules.belongs).map(Spanned::get_mut) {
        Some(DeValue::Array(list)) if !list.is_empty() => {
            let old = std::mem::replace(list, DeArray::new());
            for owner in old {
                if !gone(owner.get_ref()) {
                    list.push(owner);
                }
            }
            !list.is_empty()
        }
        Some(one) => !gone(one),
        None => true,
    }
}

/// The texts of a top-level key, a string or a list of strings, each with its
/// place; empty where there is none or the text is no TOML.
pub(super) fn texts(text: &str, key: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let (document, _) = DeTable::parse_recoverable(text);
    let one = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(text) => Some((text.clone().into_owned(), value.span())),
        _ => None,
    };
    let found: Option<&Spanned<DeValue<'_>>> = document.get_ref().get(key);
    match found {
        Some(value) => match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(one).collect(),
            _ => one(value).into_iter().collect(),
        },
        None => Vec::new(),
    }
}
