//! ERC-20 with permit, as both programs are.

use alloy_primitives::map::{AddressMap, HashMap};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::ILiquidStaking as Hub;

use super::abi::Value;
use super::signature::{LONGEST, PERMIT_TYPE, Permit, domain};
use super::{Call, Checked, Key, Model, Prediction, Program, reject};

/// The figures of a token.
#[derive(Clone, Debug)]
pub struct Token {
    pub address: Address,
    pub name: &'static str,
    symbol: &'static str,
    decimals: u8,
    balances: AddressMap<U256>,
    allowances: HashMap<(Address, Address), U256>,
    nonces: AddressMap<U256>,
}

impl Token {
    pub fn new(address: Address, name: &'static str, symbol: &'static str, decimals: u8) -> Self {
        let (balances, allowances, nonces) = Default::default();
        Self { address, name, symbol, decimals, balances, allowances, nonces }
    }

    pub fn balance(&self, account: Address) -> U256 {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    pub fn allowance(&self, owner: Address, spender: Address) -> U256 {
        self.allowances.get(&(owner, spender)).copied().unwrap_or_default()
    }

    pub fn nonce(&self, owner: Address) -> U256 {
        self.nonces.get(&owner).copied().unwrap_or_default()
    }

    pub(super) fn word(&self, key: Key) -> U256 {
        match key {
            Key::Balance(account) => self.balance(account),
            Key::Nonce(owner) => self.nonce(owner),
            Key::Allowance(owner, spender) => self.allowance(owner, spender),
            other => panic!("{other:?} is nothing of a token"),
        }
    }

    pub(super) fn set_word(&mut self, key: Key, word: U256) {
        match key {
            Key::Balance(account) => self.balances.insert(account, word),
            Key::Nonce(owner) => self.nonces.insert(owner, word),
            Key::Allowance(owner, spender) => self.allowances.insert((owner, spender), word),
            other => panic!("{other:?} is nothing of a token"),
        };
    }

    /// Whether an account may get any: not zero, not the token.
    pub(super) fn takes(&self, receiver: Address) -> Checked {
        if receiver.is_zero() || receiver == self.address {
            return reject(Hub::ERC20InvalidReceiver { receiver });
        }
        Ok(())
    }

    pub(super) fn has(&self, sender: Address, needed: U256) -> Checked {
        let balance = self.balance(sender);
        if balance < needed {
            return reject(Hub::ERC20InsufficientBalance { sender, balance, needed });
        }
        Ok(())
    }

    pub(super) fn may_spend(&self, owner: Address, spender: Address, needed: U256) -> Checked {
        let allowance = self.allowance(owner, spender);
        if allowance < needed {
            return reject(Hub::ERC20InsufficientAllowance { spender, allowance, needed });
        }
        Ok(())
    }

    /// The checks of `transferFrom`.
    pub(super) fn may_pull(
        &self,
        spender: Address,
        from: Address,
        to: Address,
        value: U256,
    ) -> Checked {
        if from.is_zero() {
            return reject(Hub::ERC20InvalidSender { sender: from });
        }
        self.takes(to)?;
        self.may_spend(from, spender, value)?;
        self.has(from, value)
    }
}

/// Effects. What they need has been checked.
impl Model {
    pub(super) fn credit(&mut self, token: Program, account: Address, value: U256) {
        let balance = self.token_mut(token).balances.entry(account).or_default();
        *balance = balance.checked_add(value).expect("supply fits 104 bits");
        self.wrote(token, Key::Balance(account));
    }

    pub(super) fn debit(&mut self, token: Program, account: Address, value: U256) {
        let balance = self.token_mut(token).balances.entry(account).or_default();
        *balance = balance.checked_sub(value).expect("the balance was checked");
        self.wrote(token, Key::Balance(account));
    }

    pub(super) fn shift(&mut self, token: Program, from: Address, to: Address, value: U256) {
        self.debit(token, from, value);
        self.credit(token, to, value);
        self.log(token, Hub::Transfer { from, to, value });
    }

    pub(super) fn spend(&mut self, token: Program, owner: Address, spender: Address, value: U256) {
        let allowance = self.token(token).allowance(owner, spender);
        if allowance != U256::MAX {
            let rest = allowance.checked_sub(value).expect("the allowance was checked");
            self.set_allowance(token, owner, spender, rest);
        }
    }

    fn set_allowance(&mut self, token: Program, owner: Address, spender: Address, value: U256) {
        self.token_mut(token).allowances.insert((owner, spender), value);
        self.wrote(token, Key::Allowance(owner, spender));
    }

    /// A state-changing entry of the token, if it is one.
    pub(super) fn token_call(
        &mut self,
        token: Program,
        signature: &str,
        call: &Call<'_>,
    ) -> Option<Prediction> {
        let (caller, a) = (call.caller, call.a);
        Some(match signature {
            "transfer(address,uint256)" => {
                self.transfer(token, caller, a[0].address(), a[1].word())
            }
            "approve(address,uint256)" => self.approve(token, caller, a[0].address(), a[1].word()),
            "transferFrom(address,address,uint256)" => {
                self.transfer_from(token, caller, a[0].address(), a[1].address(), a[2].word())
            }
            "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)" => {
                let [v, r, s] = [a[4].word(), a[5].word(), a[6].word()];
                let packed =
                    [&r.to_be_bytes::<32>()[..], &s.to_be_bytes::<32>(), &[v.to::<u8>()]].concat();
                self.permit(token, a, &packed)
            }
            "permit(address,address,uint256,uint256,bytes)" => self.permit(token, a, a[4].bytes()),
            _ => return None,
        })
    }

    fn transfer(&mut self, token: Program, from: Address, to: Address, value: U256) -> Prediction {
        self.token(token).takes(to)?;
        self.token(token).has(from, value)?;
        self.shift(token, from, to, value);
        self.note_gift(token, to, value);
        Ok(true.abi_encode())
    }

    fn approve(
        &mut self,
        token: Program,
        owner: Address,
        spender: Address,
        value: U256,
    ) -> Prediction {
        if spender.is_zero() {
            return reject(Hub::ERC20InvalidSpender { spender });
        }
        self.set_allowance(token, owner, spender, value);
        self.log(token, Hub::Approval { owner, spender, value });
        Ok(true.abi_encode())
    }

    fn transfer_from(
        &mut self,
        token: Program,
        spender: Address,
        from: Address,
        to: Address,
        value: U256,
    ) -> Prediction {
        self.token(token).may_pull(spender, from, to, value)?;
        self.spend(token, from, spender, value);
        self.shift(token, from, to, value);
        self.note_gift(token, to, value);
        Ok(true.abi_encode())
    }

    pub(super) fn permit(&mut self, token: Program, a: &[Value], signature: &[u8]) -> Prediction {
        let (owner, spender) = (a[0].address(), a[1].address());
        let (value, deadline) = (a[2].word(), a[3].word());
        if U256::from(self.now) > deadline {
            return reject(Hub::ERC2612ExpiredSignature { deadline });
        }
        if spender.is_zero() {
            return reject(Hub::ERC20InvalidSpender { spender });
        }
        if signature.len() > LONGEST {
            let (length, limit) = (U256::from(signature.len()), U256::from(LONGEST));
            return reject(Hub::SignatureTooLong { length, limit });
        }
        let nonce = self.token(token).nonce(owner);
        match self.accounts.confirms(owner) {
            Some(true) => {}
            Some(false) => return reject(Hub::ERC1271InvalidSignature { owner }),
            None => {
                let permit = Permit { owner, spender, value, nonce, deadline };
                let digest = permit.digest(self.domain(token), PERMIT_TYPE);
                self.signed.check(owner, digest, signature)?;
            }
        }
        self.token_mut(token).nonces.insert(owner, nonce + U256::ONE);
        self.wrote(token, Key::Nonce(owner));
        self.set_allowance(token, owner, spender, value);
        self.log(token, Hub::Approval { owner, spender, value });
        Ok(Vec::new())
    }

    /// EIP-712 domain separator.
    pub fn domain(&self, token: Program) -> B256 {
        let token = self.token(token);
        domain(token.name, self.chain_id, token.address)
    }

    /// A view of the token, if it is one.
    pub(super) fn token_view(
        &self,
        token: Program,
        signature: &str,
        a: &[Value],
    ) -> Option<Vec<u8>> {
        let figures = self.token(token);
        Some(match signature {
            "name()" => figures.name.abi_encode(),
            "symbol()" => figures.symbol.abi_encode(),
            "decimals()" => U256::from(figures.decimals).abi_encode(),
            "totalSupply()" => match token {
                Program::Hub => self.hub.supply.abi_encode(),
                Program::Vault => self.vault.books.shares.abi_encode(),
                Program::Queue => return None,
            },
            "balanceOf(address)" => figures.balance(a[0].address()).abi_encode(),
            "allowance(address,address)" => {
                figures.allowance(a[0].address(), a[1].address()).abi_encode()
            }
            "nonces(address)" => figures.nonce(a[0].address()).abi_encode(),
            "DOMAIN_SEPARATOR()" => self.domain(token).abi_encode(),
            "eip712Domain()" => {
                let mut fields = [0; 32];
                fields[0] = 0x0f;
                (
                    B256::from(fields),
                    figures.name.to_string(),
                    "1".to_string(),
                    U256::from(self.chain_id),
                    figures.address,
                    B256::ZERO,
                    Vec::<U256>::new(),
                )
                    .abi_encode_params()
            }
            _ => return None,
        })
    }
}
