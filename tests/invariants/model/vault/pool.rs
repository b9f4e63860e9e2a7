//! What the pool and the treasury do: rewards, losses, donations.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::super::{Checked, Key, Model, Prediction, Program, largest, reject};
use super::books::LEDGER_BITS;

impl Model {
    fn is_pool(&self, caller: Address) -> Checked {
        let pool = self.vault.pool;
        if pool.is_zero() || caller != pool {
            return reject(Vault::CallerNotPool { caller, pool });
        }
        Ok(())
    }

    pub(super) fn notify(&mut self, caller: Address, assets: U256) -> Prediction {
        self.is_pool(caller)?;
        if assets.is_zero() {
            return reject(Vault::AssetsZero {});
        }
        let (books, now) = (self.vault.books, self.now);
        if now < books.next() {
            return reject(Vault::NotifyTooEarly { next: U256::from(books.next()) });
        }
        let provision = books.provision(now);
        if !provision.is_zero() {
            return reject(Vault::NotifyHalted { provision });
        }
        let (ledger, limit) = (books.ledger, largest(LEDGER_BITS));
        if ledger.checked_add(assets).is_none_or(|sum| sum > limit) {
            return reject(Vault::LedgerOverflow { ledger, assets, limit });
        }
        self.may_fetch(caller, assets)?;
        let (end, locked) = (books.joined_end(now, assets), books.still_locked(now) + assets);
        let books = &mut self.vault.books;
        (books.start, books.length, books.locked) = (now, end - now, locked);
        books.ledger += assets;
        books.notified = now;
        self.wrote_figures();
        let end = U256::from(end);
        self.log(Program::Vault, Vault::Notified { caller, assets, locked, end });
        self.fetch(caller, assets);
        Ok(end.abi_encode())
    }

    pub(super) fn settle(&mut self, caller: Address, loss: U256, pending: U256) -> Prediction {
        self.is_pool(caller)?;
        let (before, now) = (self.vault.books, self.now);
        if loss > before.ledger {
            return reject(Vault::LossTooLarge { loss, ledger: before.ledger });
        }
        let ledger = before.ledger - loss;
        if pending > ledger {
            return reject(Vault::PendingTooLarge { pending, ledger });
        }
        let vault = self.vault.token.address;
        if !loss.is_zero() {
            self.is_free(Program::Hub, Hub::burnCall::SELECTOR)?;
            self.may_burn(vault, loss)?;
        }
        let locked = before.still_locked(now);
        let rest = locked.saturating_sub(loss);
        let books = &mut self.vault.books;
        if !loss.is_zero() {
            // What is left goes on to the same end.
            let left = before.end().saturating_sub(now);
            (books.start, books.length, books.locked) = (now, left, rest);
        }
        (books.ledger, books.pending) = (ledger, pending);
        let total = books.total_assets(now);
        self.wrote_figures();
        let event = Vault::Settled { caller, loss, pending, locked: rest, totalAssets: total };
        self.log(Program::Vault, event);
        if !loss.is_zero() {
            self.burn(vault, loss);
        }
        Ok(Vec::new())
    }

    pub(super) fn vault_sweep(&mut self, caller: Address, receiver: Address) -> Prediction {
        if self.barred(receiver) {
            return reject(Vault::ReceiverInvalid { receiver });
        }
        let (assets, metis, ledger) =
            (self.vault.donations, self.vault.metis, self.vault.books.ledger);
        if assets.is_zero() && metis.is_zero() {
            return reject(Vault::DonationsZero { balance: ledger, ledger });
        }
        if !assets.is_zero() {
            self.is_free(Program::Hub, Hub::transferCall::SELECTOR)?;
            self.hub.token.takes(receiver)?;
        }
        if !metis.is_zero() && !self.accounts.takes_metis(receiver) {
            return reject(Vault::PaymentFailed { receiver, assets: metis });
        }
        (self.vault.donations, self.vault.metis) = (U256::ZERO, U256::ZERO);
        self.log(Program::Vault, Vault::Swept { caller, receiver, assets, metis });
        if !assets.is_zero() {
            self.shift(Program::Hub, self.vault.token.address, receiver, assets);
            self.note_gift(Program::Hub, receiver, assets);
        }
        Ok((assets, metis).abi_encode_params())
    }

    fn wrote_figures(&mut self) {
        for slot in [0, 6, 7] {
            self.wrote(Program::Vault, Key::Word(slot));
        }
    }
}
