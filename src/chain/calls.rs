//! Transactions and views.

use alloy_primitives::{Address, Bytes, TxKind, U256};
use alloy_sol_types::SolCall;

use super::{Chain, GAS_LIMIT, Tx};
use crate::account::Account;
use crate::call::Call;
use crate::outcome::Failure;

impl Chain {
    /// A transaction from `from` to `to` with a typed call. Nothing happens until it is ended by
    /// `ok`, `run`, `fails_with` and so on.
    pub fn send<C: SolCall>(
        &mut self,
        from: impl Into<Account>,
        to: impl Into<Address>,
        call: C,
    ) -> Call<'_, C::Return> {
        let data = call.abi_encode();
        Call::new(self, from.into(), TxKind::Call(to.into()), data.into(), |data| {
            C::abi_decode_returns(data).map_err(|error| error.to_string())
        })
    }

    /// A transaction with any calldata, returning what comes back as it is.
    pub fn send_raw(
        &mut self,
        from: impl Into<Account>,
        to: impl Into<Address>,
        data: impl Into<Bytes>,
    ) -> Call<'_, Bytes> {
        let kind = TxKind::Call(to.into());
        Call::new(self, from.into(), kind, data.into(), |data| Ok(Bytes::copy_from_slice(data)))
    }

    /// A transaction that creates a contract from init code (with its arguments) and returns the
    /// address.
    pub fn create(
        &mut self,
        from: impl Into<Account>,
        init_code: impl Into<Bytes>,
    ) -> Call<'_, Address> {
        Call::new(self, from.into(), TxKind::Create, init_code.into(), |data| {
            if data.len() == 20 { Ok(Address::from_slice(data)) } else { Err("no address".into()) }
        })
    }

    /// What a call would return, without sending it: from the zero address, with no value.
    ///
    /// # Panics
    ///
    /// With a call tree if it fails.
    #[track_caller]
    pub fn view<C: SolCall>(&self, to: impl Into<Address>, call: C) -> C::Return {
        let to = to.into();
        match self.try_view(to, call) {
            Ok(output) => output,
            Err((failure, tree)) => panic!("view failed: {failure:?}\n{tree}"),
        }
    }

    /// Like [`Chain::view`], with the failure and a call tree if it fails.
    ///
    /// # Errors
    ///
    /// If the call fails or what it returns does not decode.
    pub fn try_view<C: SolCall>(
        &self,
        to: impl Into<Address>,
        call: C,
    ) -> Result<C::Return, (Failure, String)> {
        let tx = Tx {
            from: Account::at(Address::ZERO),
            kind: TxKind::Call(to.into()),
            value: U256::ZERO,
            data: call.abi_encode().into(),
            gas: GAS_LIMIT,
        };
        let failed = |failure: Failure| {
            let tree = self.trace(&tx).map_or_else(String::new, |trace| self.render(&trace));
            (failure, tree)
        };
        let receipt = self.execute(&tx, false, false).map_err(failed)?;
        C::abi_decode_returns(&receipt.output)
            .map_err(|error| failed(Failure::Trap { why: error.to_string(), gas_used: 0 }))
    }
}
