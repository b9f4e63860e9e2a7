//! Entering and leaving.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::super::{Checked, Key, Model, Prediction, Program, reject};
use super::Rounding;

impl Model {
    pub(super) fn vault_deposit(
        &mut self,
        caller: Address,
        assets: U256,
        receiver: Address,
    ) -> Prediction {
        let shares = self.may_enter_with(assets, receiver)?;
        self.may_fetch(caller, assets)?;
        self.enter(caller, receiver, assets, shares);
        self.fetch(caller, assets);
        Ok(shares.abi_encode())
    }

    pub(super) fn vault_mint(
        &mut self,
        caller: Address,
        shares: U256,
        receiver: Address,
    ) -> Prediction {
        self.is_unpaused(Program::Vault)?;
        if self.barred(receiver) {
            return reject(Vault::ERC20InvalidReceiver { receiver });
        }
        if shares.is_zero() {
            return reject(Vault::SharesZero {});
        }
        let max = self.vault.books.max_mint(self.now);
        if shares > max {
            return reject(Vault::ERC4626ExceededMaxMint { receiver, shares, max });
        }
        let assets = self.vault.books.assets_for(self.now, shares, Rounding::Up);
        let assets = assets.expect("no more than fits the ledger");
        self.may_fetch(caller, assets)?;
        self.enter(caller, receiver, assets, shares);
        self.fetch(caller, assets);
        Ok(assets.abi_encode())
    }

    /// The checks of `receiveDeposit`, and the shares it gives.
    pub(in super::super) fn may_receive_deposit(
        &self,
        caller: Address,
        assets: U256,
        receiver: Address,
        least: U256,
    ) -> Result<U256, Vec<u8>> {
        self.is_free(Program::Vault, Vault::receiveDepositCall::SELECTOR)?;
        let asset = self.vault.asset;
        if caller != asset {
            return reject(Vault::CallerNotAsset { caller, asset });
        }
        let shares = self.may_enter_with(assets, receiver)?;
        if shares < least {
            return reject(Vault::SharesBelowMin { shares, minShares: least });
        }
        Ok(shares)
    }

    /// The vault's checks of a deposit, and the shares it gives.
    fn may_enter_with(&self, assets: U256, receiver: Address) -> Result<U256, Vec<u8>> {
        self.is_unpaused(Program::Vault)?;
        if self.barred(receiver) {
            return reject(Vault::ERC20InvalidReceiver { receiver });
        }
        if assets.is_zero() {
            return reject(Vault::AssetsZero {});
        }
        let max = self.vault.books.max_deposit(self.now);
        if assets > max {
            return reject(Vault::ERC4626ExceededMaxDeposit { receiver, assets, max });
        }
        let shares = self.vault.books.shares_for(self.now, assets, Rounding::Down);
        let shares = shares.expect("no more than fits the supply of shares");
        if shares.is_zero() {
            return reject(Vault::SharesZero {});
        }
        Ok(shares)
    }

    /// Whether eMETIS lets the vault have assets of an account.
    pub(super) fn may_fetch(&self, from: Address, assets: U256) -> Checked {
        self.is_free(Program::Hub, Hub::transferFromCall::SELECTOR)?;
        let vault = self.vault.token.address;
        self.hub.token.may_pull(vault, from, vault, assets)
    }

    /// The vault takes assets of an account.
    pub(super) fn fetch(&mut self, from: Address, assets: U256) {
        let vault = self.vault.token.address;
        self.spend(Program::Hub, from, vault, assets);
        self.shift(Program::Hub, from, vault, assets);
    }

    /// The vault's effects of an entry.
    pub(in super::super) fn enter(
        &mut self,
        sender: Address,
        owner: Address,
        assets: U256,
        shares: U256,
    ) {
        // A pause that is over is forgotten.
        self.vault.pause.set = false;
        let books = &mut self.vault.books;
        books.ledger += assets;
        books.shares += shares;
        self.wrote(Program::Vault, Key::Word(0));
        self.credit(Program::Vault, owner, shares);
        self.log(Program::Vault, Vault::Deposit { sender, owner, assets, shares });
        let from = Address::ZERO;
        self.log(Program::Vault, Vault::Transfer { from, to: owner, value: shares });
    }

    pub(super) fn withdraw(
        &mut self,
        caller: Address,
        assets: U256,
        receiver: Address,
        owner: Address,
    ) -> Prediction {
        self.may_be_paid(receiver)?;
        if assets.is_zero() {
            return reject(Vault::AssetsZero {});
        }
        let max = self.worth(owner);
        if assets > max {
            return reject(Vault::ERC4626ExceededMaxWithdraw { owner, assets, max });
        }
        let shares = self.vault.books.shares_for(self.now, assets, Rounding::Up);
        let shares = shares.expect("no more than the owner has");
        self.leave(caller, receiver, owner, assets, shares)?;
        Ok(shares.abi_encode())
    }

    pub(super) fn redeem(
        &mut self,
        caller: Address,
        shares: U256,
        receiver: Address,
        owner: Address,
        least: U256,
    ) -> Prediction {
        self.may_be_paid(receiver)?;
        if shares.is_zero() {
            return reject(Vault::SharesZero {});
        }
        let max = self.max_redeem(owner);
        if shares > max {
            return reject(Vault::ERC4626ExceededMaxRedeem { owner, shares, max });
        }
        let assets = self.vault.books.assets_for(self.now, shares, Rounding::Down);
        let assets = assets.expect("no more than the ledger");
        if assets.is_zero() {
            return reject(Vault::AssetsZero {});
        }
        if assets < least {
            return reject(Vault::AssetsBelowMin { assets, minAssets: least });
        }
        self.leave(caller, receiver, owner, assets, shares)?;
        Ok(assets.abi_encode())
    }

    fn may_be_paid(&self, receiver: Address) -> Checked {
        if self.barred(receiver) {
            return reject(Vault::ReceiverInvalid { receiver });
        }
        Ok(())
    }

    /// The last checks of an exit, and its effects.
    fn leave(
        &mut self,
        caller: Address,
        receiver: Address,
        owner: Address,
        assets: U256,
        shares: U256,
    ) -> Checked {
        if caller != owner {
            self.vault.token.may_spend(owner, caller, shares)?;
        }
        self.is_free(Program::Hub, Hub::transferCall::SELECTOR)?;
        self.hub.token.takes(receiver)?;
        if caller != owner {
            self.spend(Program::Vault, owner, caller, shares);
        }
        let books = &mut self.vault.books;
        books.ledger -= assets;
        books.shares -= shares;
        self.wrote(Program::Vault, Key::Word(0));
        self.debit(Program::Vault, owner, shares);
        let sender = caller;
        self.log(Program::Vault, Vault::Withdraw { sender, receiver, owner, assets, shares });
        let to = Address::ZERO;
        self.log(Program::Vault, Vault::Transfer { from: owner, to, value: shares });
        self.shift(Program::Hub, self.vault.token.address, receiver, assets);
        self.note_gift(Program::Hub, receiver, assets);
        Ok(())
    }

    /// What an account's shares are worth.
    pub(super) fn worth(&self, owner: Address) -> U256 {
        let shares = self.vault.token.balance(owner);
        let worth = self.vault.books.assets_for(self.now, shares, Rounding::Down);
        worth.expect("no more than the ledger")
    }

    /// The shares of an account, if they are worth anything.
    pub(super) fn max_redeem(&self, owner: Address) -> U256 {
        if self.worth(owner).is_zero() {
            return U256::ZERO;
        }
        self.vault.token.balance(owner)
    }
}
