//! A call in the making, and the ways to end it.

use alloy_primitives::{Bytes, TxKind, U256};
use alloy_sol_types::SolError;

use crate::account::Account;
use crate::chain::{Chain, GAS_LIMIT, Tx};
use crate::outcome::{Failure, Receipt};
use crate::stylus::trace::FrameTrace;

/// Decodes return data.
type Decode<T> = fn(&[u8]) -> Result<T, String>;

/// A transaction that is not sent yet. End it with [`ok`](Call::ok), [`run`](Call::run),
/// [`fails_with`](Call::fails_with), [`traps`](Call::traps) or [`dry_run`](Call::dry_run).
#[must_use = "nothing is sent until the call is ended by `ok`, `run`, `fails_with`, …"]
pub struct Call<'c, T> {
    chain: &'c mut Chain,
    tx: Tx,
    traced: bool,
    decode: Decode<T>,
}

impl<T> std::fmt::Debug for Call<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Call").field(&self.tx).finish()
    }
}

impl<'c, T> Call<'c, T> {
    pub(crate) fn new(
        chain: &'c mut Chain,
        from: Account,
        kind: TxKind,
        data: Bytes,
        decode: Decode<T>,
    ) -> Self {
        let tx = Tx { from, kind, value: U256::ZERO, data, gas: GAS_LIMIT };
        Self { chain, tx, traced: false, decode }
    }

    /// Sends `value` wei along.
    pub fn value(mut self, value: U256) -> Self {
        self.tx.value = value;
        self
    }

    /// Gas limit of the transaction.
    pub fn gas(mut self, gas: u64) -> Self {
        self.tx.gas = gas;
        self
    }

    /// Records the call tree into the receipt.
    pub fn traced(mut self) -> Self {
        self.traced = true;
        self
    }

    /// Sends it and returns what came of it, either way.
    ///
    /// # Errors
    ///
    /// If the transaction failed.
    pub fn run(self) -> Result<Receipt<T>, Failure> {
        let receipt = self.chain.execute(&self.tx, true, self.traced)?;
        decoded(receipt, self.decode)
    }

    /// What would come of it now. Nothing is committed.
    ///
    /// # Errors
    ///
    /// If the transaction would fail.
    pub fn dry_run(self) -> Result<Receipt<T>, Failure> {
        let receipt = self.chain.execute(&self.tx, false, self.traced)?;
        decoded(receipt, self.decode)
    }

    /// The call tree that it would leave now, whatever comes of it; `None` if it would not even
    /// begin. Nothing is committed.
    pub fn trace(self) -> Option<FrameTrace> {
        self.chain.trace(&self.tx)
    }

    /// Sends it and asserts that it succeeds.
    ///
    /// # Panics
    ///
    /// With the decoded failure and a call tree if it fails.
    #[track_caller]
    pub fn ok(self) -> Receipt<T> {
        match self.chain.execute(&self.tx, true, self.traced) {
            Ok(receipt) => match decoded(receipt, self.decode) {
                Ok(receipt) => receipt,
                Err(failure) => panic!("the call succeeded, its answer is wrong: {failure:?}"),
            },
            Err(failure) => panic!("expected success\n{}", explain(self.chain, &self.tx, &failure)),
        }
    }

    /// Sends it and asserts that it reverts with exactly `error`.
    ///
    /// # Panics
    ///
    /// With what happened instead and a call tree.
    #[track_caller]
    pub fn fails_with<E: SolError + std::fmt::Debug>(self, error: E) -> Failure {
        let expected = |found: &str| format!("expected revert {error:?}\n{found}");
        match self.chain.execute(&self.tx, true, self.traced) {
            Err(failure) if failure.is(&error) => failure,
            Err(failure) => {
                panic!("{}", expected(&explain(self.chain, &self.tx, &failure)));
            }
            Ok(receipt) => {
                panic!("{}", expected(&format!("found success with {}", receipt.output)));
            }
        }
    }

    /// Sends it and asserts that it traps: a program's trap or an EVM halt other than out of gas.
    ///
    /// # Panics
    ///
    /// With what happened instead and a call tree.
    #[track_caller]
    pub fn traps(self) -> Failure {
        self.expect_failure("a trap", |failure| matches!(failure, Failure::Trap { .. }))
    }

    /// Sends it and asserts that the gas runs out.
    ///
    /// # Panics
    ///
    /// With what happened instead and a call tree.
    #[track_caller]
    pub fn runs_out_of_gas(self) -> Failure {
        self.expect_failure("out of gas", |failure| matches!(failure, Failure::OutOfGas { .. }))
    }

    #[track_caller]
    fn expect_failure(self, what: &str, wanted: impl FnOnce(&Failure) -> bool) -> Failure {
        match self.chain.execute(&self.tx, true, self.traced) {
            Err(failure) if wanted(&failure) => failure,
            Err(failure) => {
                panic!("expected {what}\n{}", explain(self.chain, &self.tx, &failure))
            }
            Ok(receipt) => panic!("expected {what}\nfound success with {}", receipt.output),
        }
    }
}

fn decoded<T>(receipt: Receipt<Bytes>, decode: Decode<T>) -> Result<Receipt<T>, Failure> {
    let Receipt { output, gas_used, ink_used, logs, trace } = receipt;
    match decode(&output) {
        Ok(output) => Ok(Receipt { output, gas_used, ink_used, logs, trace }),
        Err(error) => {
            let why = format!("undecodable answer {output}: {error}");
            Err(Failure::Trap { why, gas_used })
        }
    }
}

/// The failure in words, and the call tree of the same transaction once more.
fn explain(chain: &Chain, tx: &Tx, failure: &Failure) -> String {
    let words = match failure {
        Failure::Revert { data, gas_used } => {
            format!("revert {} after {gas_used} gas", chain.names().error(data))
        }
        other => format!("{other:?}"),
    };
    let tree = chain.trace(tx).map_or_else(String::new, |trace| chain.render(&trace));
    format!("   found {words}\n{tree}")
}
