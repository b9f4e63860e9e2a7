//! The world that operations are measured in.

mod queue;
mod quota;
mod staking;

use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use alloy_sol_types::{SolCall, SolStruct, SolValue, eip712_domain, sol};

use crate::account::{Account, Signature};
use crate::artifacts::fixtures::fixture;
use crate::chain::{Chain, GAS_LIMIT, Tx};
use crate::interfaces::ILiquidStaking as Hub;
use crate::outcome::{Failure, Receipt};
use crate::stylus::package::init_code;
use crate::stylus::trace::FrameTrace;
use crate::suite::{Params, Programs, Suite};
use crate::{WEI, ether};

sol! {
    struct Permit {
        address owner;
        address spender;
        uint256 value;
        uint256 nonce;
        uint256 deadline;
    }
}

/// What everybody starts with, in METIS.
const WEALTH: u64 = 1_000_000;

/// A deployed suite, its peers and some accounts.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) chain: Chain,
    pub(super) suite: Suite,
    pub(super) hub: Address,
    pub(super) vault: Address,
    /// The hub's program once more, not constructed.
    pub(super) raw: Address,
    twins: Suite,
    lean: Address,
    oz: Address,
    oz_manager: Address,
    pub(super) wallet: Address,
    pub(super) reenterer: Address,
    pub(super) params: Params,
    pub(super) alice: Account,
    pub(super) bob: Account,
    pub(super) carol: Account,
}

/// A Solidity contract to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    LeanHub,
    LeanStakingHub,
    LeanVault,
    OzToken,
    OzAccessManager,
}

impl Stage {
    pub(super) fn new(programs: &Programs) -> Self {
        let mut chain = Chain::new();
        let params = Params::default();
        let suite = Suite::deploy_programs(&mut chain, programs, params.clone());
        let (hub, vault) = (suite.liquid_staking, suite.staked_metis);
        let deployer = chain.account("deployer");
        // The code is activated and cached already.
        let raw = chain.create(deployer, init_code(&programs.liquid_staking)).ok().output;
        let name = ("Liquid METIS".to_owned(), "eMETIS".to_owned()).abi_encode_params();
        let mut create = |name: &str, arguments: &[u8]| {
            let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
            let address =
                chain.create(deployer, [&fixture.init_code, arguments].concat()).ok().output;
            chain.label(address, name);
            address
        };
        let (lean, oz) = (create("LeanHub", &[]), create("OzToken", &name));
        let (wallet, reenterer) = (create("Wallet1271", &[]), create("Reenterer", &[]));
        let oz_manager = create("OzAccessManager", &params.admin.abi_encode());
        let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| chain.account(name));
        // Last: a permit's gas depends on the zeros in the token's address.
        let twins = Suite::deploy_twins(&mut chain, &params);
        for who in [alice.address, params.allocator, params.pool] {
            chain.deal(who, ether(WEALTH));
        }
        chain.seal();
        Self {
            chain,
            suite,
            hub,
            vault,
            raw,
            twins,
            lean,
            oz,
            oz_manager,
            wallet,
            reenterer,
            params,
            alice,
            bob,
            carol,
        }
    }

    pub(super) fn peer(&self, peer: Peer) -> Address {
        match peer {
            Peer::LeanHub => self.lean,
            Peer::LeanStakingHub => self.twins.liquid_staking,
            Peer::LeanVault => self.twins.staked_metis,
            Peer::OzToken => self.oz,
            Peer::OzAccessManager => self.oz_manager,
        }
    }

    /// A fixture whose constructor takes an address.
    pub(super) fn create(&mut self, name: &str, argument: Address) -> Address {
        let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
        let code = [&fixture.init_code[..], &argument.abi_encode()].concat();
        let deployer = self.chain.account("deployer");
        let address = self.chain.create(deployer, code).ok().output;
        self.chain.label(address, name);
        address
    }

    /// A transaction to be measured.
    pub(super) fn tx(&self, from: impl Into<Account>, to: Address, call: impl SolCall) -> Tx {
        self.raw_tx(from, to, call.abi_encode())
    }

    /// A transaction to be measured, with any calldata.
    pub(super) fn raw_tx(
        &self,
        from: impl Into<Account>,
        to: Address,
        data: impl Into<Bytes>,
    ) -> Tx {
        let (kind, value, gas) = (TxKind::Call(to), U256::ZERO, GAS_LIMIT);
        Tx { from: from.into(), kind, value, data: data.into(), gas }
    }

    /// Gives `receiver` one whole token.
    pub(super) fn mint(&mut self, token: Address, receiver: impl Into<Address>) {
        let call = Hub::depositCall { receiver: receiver.into(), tag: B256::ZERO };
        self.chain.send(self.alice, token, call).value(WEI).ok();
    }

    /// Lets Bob move some tokens of Alice.
    pub(super) fn approve(&mut self, token: Address, value: U256) {
        let call = Hub::approveCall { spender: self.bob.address, value };
        self.chain.send(self.alice, token, call).ok();
    }

    /// Alice's signature for Bob, as the token's domain of the moment demands it.
    pub(super) fn sign(&self, token: Address, nonce: u64) -> Signature {
        let domain = eip712_domain! {
            name: "Liquid METIS",
            version: "1",
            chain_id: self.chain.chain_id(),
            verifying_contract: token,
        };
        let permit = Permit {
            owner: self.alice.address,
            spender: self.bob.address,
            value: WEI,
            nonce: U256::from(nonce),
            deadline: self.deadline(),
        };
        self.alice.sign(permit.eip712_signing_hash(&domain))
    }

    /// When permits expire here.
    pub(super) fn deadline(&self) -> U256 {
        U256::from(crate::GENESIS + crate::days(365))
    }

    /// A permit of Alice for Bob, handed in by Bob.
    pub(super) fn permit(&self, token: Address, nonce: u64) -> Tx {
        let Signature { v, r, s } = self.sign(token, nonce);
        let call = Hub::permit_0Call {
            owner: self.alice.address,
            spender: self.bob.address,
            value: WEI,
            deadline: self.deadline(),
            v,
            r,
            s,
        };
        self.tx(self.bob, token, call)
    }

    /// Puts METIS on the hub past its program.
    pub(super) fn donate(&mut self) {
        self.chain.deal(self.hub, WEI);
    }

    /// What a transaction would come to in a new block, and its call tree.
    pub(super) fn play(&mut self, tx: &Tx) -> (Result<Receipt<Bytes>, Failure>, FrameTrace) {
        self.chain.roll_to(self.chain.block_number() + 1);
        let outcome = self.chain.execute(tx, false, false);
        let trace = self.chain.trace(tx).expect("the transaction opens a frame");
        (outcome, trace)
    }
}
