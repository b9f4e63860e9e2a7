//! The entrance of a program: what every call passes before its flow, and how it answers.
//!
//! A flow takes a [`View`], a [`Change`], a [`Restricted`] or a [`Pay`]. Each can only be had by
//! passing the checks of its kind, so that no entry of the dispatch table can forget one.

mod arguments;

use core::ops::Deref;

use alloy_sol_types::SolError;

use crate::{
    account::Account,
    calldata::{self, Calldata},
    errors, guard, host, managed,
    mutants::{Mutant, mutant},
    word::{self, Word},
};

/// Evidence that the call's answer is set and its storage is in the state.
#[derive(Debug)]
pub struct Reply(());

/// Evidence that a typed error is set as the call's answer.
#[derive(Debug)]
pub struct Revert(());

/// How a call ends.
pub type Outcome = Result<Reply, Revert>;

/// Serves one call by a program's dispatch table. The status for the virtual machine.
///
/// # Errors
/// `CalldataTooLong`, `SelectorUnknown`.
#[inline(always)]
pub fn serve(size: usize, route: impl FnOnce(Call<'_>) -> Outcome) -> usize {
    host::declare_memory();
    if size > calldata::LIMIT {
        let Revert(()) = errors::calldata_too_long(size);
        return 1;
    }
    host::with_calldata(size, |bytes| {
        let data = Calldata::new(bytes);
        let outcome = match data.selector() {
            Some(selector) => route(Call { selector: u32::from_le_bytes(selector), data }),
            None => Err(unknown(&data)),
        };
        usize::from(outcome.is_err())
    })
}

/// A call with a selector, nothing checked yet.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    selector: u32,
    data: Calldata<'a>,
}

/// A call that changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct View<'a>(Call<'a>);

/// A call that changes state, and brings no METIS.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a>(Call<'a>);

/// A call that changes state and brings no METIS, of somebody whom the authority lets in.
#[derive(Clone, Copy, Debug)]
pub struct Restricted<'a>(Change<'a>);

/// A call that changes state, and may bring METIS.
#[derive(Clone, Copy, Debug)]
pub struct Pay<'a>(Change<'a>);

impl<'a> Call<'a> {
    /// The selector as a little-endian number, for the dispatch table to compare.
    #[must_use]
    #[inline(always)]
    pub const fn selector(&self) -> u32 {
        self.selector
    }

    /// Answers that no entry has this selector.
    ///
    /// # Errors
    /// Always `SelectorUnknown`.
    pub fn unknown(self) -> Outcome {
        Err(unknown(&self.data))
    }

    /// Enters a view.
    ///
    /// # Errors
    /// `ValueRefused`.
    #[inline]
    pub fn view(self) -> Result<View<'a>, Revert> {
        self.refuse_value()?;
        Ok(View(self))
    }

    /// Enters a state-changing entry that is not payable.
    ///
    /// # Errors
    /// `ValueRefused`, `ReentryRefused`.
    #[inline]
    pub fn change(self) -> Result<Change<'a>, Revert> {
        self.refuse_value()?;
        self.refuse_reentry()?;
        Ok(Change(self))
    }

    /// Enters a state-changing entry that is open only to whom the authority lets in.
    ///
    /// # Errors
    /// `ValueRefused`, `ReentryRefused`, `AccessManagedUnauthorized`; those of the authority if the
    /// caller must have scheduled the call.
    #[inline]
    pub fn restricted(self) -> Result<Restricted<'a>, Revert> {
        let change = self.change()?;
        managed::check(&change)?;
        Ok(Restricted(change))
    }

    /// Enters a payable entry.
    ///
    /// # Errors
    /// `ReentryRefused`.
    #[inline]
    pub fn pay(self) -> Result<Pay<'a>, Revert> {
        self.refuse_reentry()?;
        Ok(Pay(Change(self)))
    }

    /// As [`Call::change`], and admits what the program calls of itself.
    ///
    /// # Errors
    /// As [`Call::change`].
    #[inline]
    pub fn change_or_own(self) -> Result<Change<'a>, Revert> {
        self.refuse_value()?;
        self.refuse_foreign_reentry()?;
        Ok(Change(self))
    }

    /// As [`Call::pay`], and admits what the program calls of itself.
    ///
    /// # Errors
    /// As [`Call::pay`].
    #[inline]
    pub fn pay_or_own(self) -> Result<Pay<'a>, Revert> {
        self.refuse_foreign_reentry()?;
        Ok(Pay(Change(self)))
    }

    /// Enters a payable entry of one caller, which is let in even while this program is out on it by
    /// [`guard::recall`]. The flow must not call out.
    ///
    /// # Errors
    /// `ReentryRefused`; what `refuse` makes of another caller.
    #[inline]
    pub fn pay_from(
        self,
        program: &Account,
        refuse: impl FnOnce(&Account) -> Revert,
    ) -> Result<Pay<'a>, Revert> {
        let caller = host::caller();
        if guard::is_closed_to(&caller) {
            return Err(errors::reentry_refused(self.selector_bytes()));
        }
        if caller != *program {
            return Err(refuse(&caller));
        }
        Ok(Pay(Change(self)))
    }

    /// All of the calldata.
    #[must_use]
    #[inline]
    pub const fn bytes(&self) -> &'a [u8] {
        self.data.bytes()
    }

    /// The selector, as errors carry it.
    #[must_use]
    pub const fn selector_bytes(&self) -> [u8; 4] {
        self.selector.to_le_bytes()
    }

    #[inline(never)]
    fn refuse_value(&self) -> Result<(), Revert> {
        let value = host::value();
        if value == word::ZERO || mutant(Mutant::ValueKept) {
            Ok(())
        } else {
            Err(errors::value_refused(self.selector_bytes(), &value))
        }
    }

    #[inline]
    fn refuse_reentry(&self) -> Result<(), Revert> {
        if guard::is_closed() {
            Err(errors::reentry_refused(self.selector_bytes()))
        } else {
            Ok(())
        }
    }

    #[inline]
    fn refuse_foreign_reentry(&self) -> Result<(), Revert> {
        if guard::is_closed() && host::caller() != host::contract() {
            Err(errors::reentry_refused(self.selector_bytes()))
        } else {
            Ok(())
        }
    }
}

/// The most amounts that [`View::reply_amounts`] answers with.
const AMOUNTS: usize = 12;

impl View<'_> {
    /// Answers with at most twelve amounts.
    ///
    /// # Errors
    /// None.
    #[inline(never)]
    pub fn reply_amounts(self, amounts: &[u128]) -> Outcome {
        let mut words = [word::ZERO; AMOUNTS];
        for (to, amount) in words.iter_mut().zip(amounts) {
            *to = word::of_u128(*amount);
        }
        self.reply(words.get(..amounts.len()).unwrap_or(&words))
    }

    /// Answers with some words.
    ///
    /// # Errors
    /// None.
    #[inline]
    pub fn reply(self, words: &[Word]) -> Outcome {
        host::answer(words.as_flattened());
        Ok(Reply(()))
    }

    /// Answers with what is not a few words.
    ///
    /// # Errors
    /// None.
    #[inline]
    pub fn reply_bytes(self, bytes: &[u8]) -> Outcome {
        host::answer(bytes);
        Ok(Reply(()))
    }
}

impl<'a> Change<'a> {
    /// Goes on only for whom the authority lets in, where not everybody needs to be asked about.
    ///
    /// # Errors
    /// As [`Call::restricted`].
    pub fn restricted(self) -> Result<Restricted<'a>, Revert> {
        managed::check(&self)?;
        Ok(Restricted(self))
    }

    /// Brings what was stored into the state and answers with some words.
    ///
    /// # Errors
    /// None.
    #[inline]
    pub fn commit(self, words: &[Word]) -> Outcome {
        host::flush();
        host::answer(words.as_flattened());
        Ok(Reply(()))
    }

    /// As [`Change::commit`], with an answer that is not a few words.
    ///
    /// # Errors
    /// None.
    #[inline]
    pub fn commit_bytes(self, bytes: &[u8]) -> Outcome {
        host::flush();
        host::answer(bytes);
        Ok(Reply(()))
    }
}

impl Pay<'_> {
    /// METIS that the call brought.
    #[must_use]
    #[inline]
    pub fn assets(&self) -> Word {
        host::value()
    }
}

impl Revert {
    /// Sets the error `E` as the call's answer, with its words, of which there are at most four.
    #[inline(always)]
    pub fn with<E: SolError>(words: &[&Word]) -> Self {
        let name = u32::from_le_bytes(E::SELECTOR);
        match words {
            [] => raise_bare(name),
            [a] => raise(name, 1, a, a, a),
            [a, b] => raise(name, 2, a, b, b),
            [a, b, c] => raise(name, 3, a, b, c),
            [a, b, c, d, ..] => raise_four(name, a, b, c, d),
        }
    }

    /// Sets the error `E` as the call's answer, with two amounts.
    #[inline(always)]
    pub fn with_amounts<E: SolError>(a: u128, b: u128) -> Self {
        raise_amounts(u32::from_le_bytes(E::SELECTOR), a, b)
    }

    /// Sets what another program refused with as the call's answer.
    pub(crate) fn relay(error: &[u8]) -> Self {
        host::answer(error);
        Self(())
    }
}

#[cold]
#[inline(never)]
fn raise_bare(name: u32) -> Revert {
    host::answer(&name.to_le_bytes());
    Revert(())
}

#[cold]
#[inline(never)]
fn raise_amounts(name: u32, a: u128, b: u128) -> Revert {
    let (a, b) = (word::of_u128(a), word::of_u128(b));
    raise(name, 2, &a, &b, &b)
}

#[cold]
#[inline(never)]
fn raise(name: u32, words: usize, a: &Word, b: &Word, c: &Word) -> Revert {
    let payload = [word::of_selector(name.to_le_bytes()), *a, *b, *c];
    host::answer(word::after_selector(payload.get(..=words).unwrap_or(&payload)));
    Revert(())
}

#[cold]
#[inline(never)]
fn raise_four(name: u32, a: &Word, b: &Word, c: &Word, d: &Word) -> Revert {
    let payload = [word::of_selector(name.to_le_bytes()), *a, *b, *c, *d];
    host::answer(word::after_selector(&payload));
    Revert(())
}

impl<'a> Deref for View<'a> {
    type Target = Call<'a>;

    fn deref(&self) -> &Call<'a> {
        &self.0
    }
}

impl<'a> Deref for Change<'a> {
    type Target = Call<'a>;

    fn deref(&self) -> &Call<'a> {
        &self.0
    }
}

impl<'a> Deref for Restricted<'a> {
    type Target = Change<'a>;

    fn deref(&self) -> &Change<'a> {
        &self.0
    }
}

impl<'a> Deref for Pay<'a> {
    type Target = Change<'a>;

    fn deref(&self) -> &Change<'a> {
        &self.0
    }
}

#[cold]
#[inline(never)]
fn unknown(data: &Calldata<'_>) -> Revert {
    if mutant(Mutant::BareUnknownSelector) {
        return Revert(());
    }
    errors::selector_unknown(data.selector_or_part(), data.size())
}
