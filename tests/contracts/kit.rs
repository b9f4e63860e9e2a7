//! The hub in a world, the people around it, and what tests say often.

use std::sync::{Arc, OnceLock};

use alloy_primitives::{Address, B256, Bytes, Log, U256, keccak256};
use alloy_sol_types::{SolCall, SolError, SolEvent, SolValue};
use emetis::Snapshot;
use emetis::artifacts::fixtures::fixture;
pub(crate) use emetis::interfaces::{IAccessManager as Manager, ILiquidStaking as Hub};
use emetis::stylus::ProgramStore;
use emetis::suite::access::Role;
use emetis::suite::{Params, Programs, Suite};
pub(crate) use emetis::{Account, CHAIN_ID, Chain, Failure, Receipt, Signature, days, ether};

/// METIS that everybody has who has any.
pub(crate) const WEALTH: U256 = U256::from_limbs([0, 1 << 32, 0, 0]);
/// The largest supply and the largest buffer: 84 bits.
pub(crate) const LIMIT: U256 = U256::from_limbs([u64::MAX, (1 << 20) - 1, 0, 0]);
/// By how much backing may be short of supply before deposits halt, in wei.
pub(crate) const TOLERANCE: U256 = U256::from_limbs([1_000_000_000_000, 0, 0, 0]);
/// The mark of deposits in tests.
pub(crate) const TAG: B256 = B256::repeat_byte(0x7a);

/// The slot of the books.
pub(crate) const TOTALS_SLOT: U256 = U256::ZERO;
const BALANCES_SLOT: u64 = 1;

/// A world with the hub in it.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) chain: Chain,
    pub(crate) suite: Suite,
    pub(crate) hub: Address,
    pub(crate) alice: Account,
    pub(crate) bob: Account,
    pub(crate) carol: Account,
    pub(crate) allocator: Account,
    pub(crate) treasury: Account,
    pub(crate) guardian: Account,
}

/// The release programs, built once.
pub(crate) fn programs() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| Programs::release().unwrap_or_else(|error| panic!("{error}")))
}

/// A chain with room for the programs that contain broken variants.
pub(crate) fn roomy() -> Chain {
    let store = ProgramStore::roomy().unwrap_or_else(|error| panic!("{error}"));
    Chain::with_programs(Arc::new(store))
}

/// A world with the programs placed, manager and hub constructed, without the vault's dead stake, so that
/// its books are empty. Alice, Bob and the allocator have METIS.
pub(crate) fn world() -> World {
    static WORLD: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    let (snapshot, suite) = WORLD.get_or_init(|| {
        let mut chain = Chain::new();
        let suite = Suite::place(&mut chain, programs());
        let hub = suite.liquid_staking;
        let deployer = chain.account("deployer");
        suite.construct_manager(&mut chain, &Params::default());
        chain.send_raw(deployer, hub, suite.hub_constructor(&Params::default())).ok();
        chain.label(Params::default().allocator, "allocator");
        for name in ["alice", "bob", "carol"] {
            chain.account(name);
        }
        for name in ["alice", "bob", "allocator"] {
            chain.deal(Account::named(name), WEALTH);
        }
        chain.seal();
        (chain.snapshot(), suite)
    });
    World {
        chain: snapshot.clone().into(),
        suite: *suite,
        hub: suite.liquid_staking,
        alice: Account::named("alice"),
        bob: Account::named("bob"),
        carol: Account::named("carol"),
        allocator: Account::named("allocator"),
        treasury: Account::named("treasury"),
        guardian: Account::named("guardian"),
    }
}

/// The hub's books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Books {
    pub(crate) supply: U256,
    pub(crate) buffer: U256,
    pub(crate) placed: U256,
}

impl Books {
    pub(crate) fn new(supply: U256, buffer: U256, placed: U256) -> Self {
        Self { supply, buffer, placed }
    }

    /// The packed slot of a constructed hub.
    pub(crate) fn pack(self) -> U256 {
        self.supply | (self.buffer << 84) | (self.placed << 168) | (U256::ONE << 252)
    }
}

impl World {
    /// A Solidity fixture, created by Alice.
    pub(crate) fn fixture(&mut self, name: &str) -> Address {
        self.fixture_with(name, &[])
    }

    /// A Solidity fixture with encoded constructor arguments.
    pub(crate) fn fixture_with(&mut self, name: &str, arguments: &[u8]) -> Address {
        let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
        let init = [&fixture.init_code, arguments].concat();
        let address = self.chain.create(self.alice, init).ok().output;
        self.chain.label(address, name);
        address
    }

    /// `owner` deposits `assets` for itself.
    pub(crate) fn mint(&mut self, owner: impl Into<Account>, assets: U256) {
        let owner = owner.into();
        let call = Hub::depositCall { receiver: owner.address, tag: TAG };
        self.chain.send(owner, self.hub, call).value(assets).ok();
    }

    /// Forces METIS on the hub, as the self-destruction of a contract does.
    pub(crate) fn donate(&mut self, amount: U256) {
        let donor = fixture("Donor").unwrap_or_else(|error| panic!("{error}"));
        let init = [donor.init_code.to_vec(), self.hub.abi_encode()].concat();
        self.chain.create(self.alice, init).value(amount).ok();
    }

    /// ADMIN makes an account a member of a role, with an execution delay. On the first day only.
    pub(crate) fn grant(&mut self, role: Role, account: impl Into<Address>, delay: u32) {
        let (admin, manager) = (Params::default().admin, self.suite.access_manager);
        let call = Manager::grantRoleCall {
            roleId: role.id(),
            account: account.into(),
            executionDelay: delay,
        };
        self.chain.send(admin, manager, call).ok();
    }

    /// What the hub says of its books.
    pub(crate) fn books(&self) -> Books {
        let told = self.chain.view(self.hub, Hub::totalsCall {});
        Books::new(told.supply, told.buffer, told.placed)
    }

    /// Surgery: overwrites the hub's books.
    pub(crate) fn set_books(&mut self, books: Books) {
        self.chain.set_storage(self.hub, TOTALS_SLOT, books.pack());
    }

    /// Surgery: overwrites an eMETIS balance.
    pub(crate) fn set_balance(&mut self, holder: impl Into<Address>, value: U256) {
        let key = (holder.into(), U256::from(BALANCES_SLOT)).abi_encode();
        self.chain.set_storage(self.hub, keccak256(key).into(), value);
    }

    /// eMETIS of an account.
    pub(crate) fn balance(&self, account: impl Into<Address>) -> U256 {
        self.chain.view(self.hub, Hub::balanceOfCall { account: account.into() })
    }

    /// What `spender` may move of `owner`.
    pub(crate) fn allowance(&self, owner: impl Into<Address>, spender: impl Into<Address>) -> U256 {
        let call = Hub::allowanceCall { owner: owner.into(), spender: spender.into() };
        self.chain.view(self.hub, call)
    }

    /// The nonce of an owner's next permit.
    pub(crate) fn nonce(&self, owner: impl Into<Address>) -> U256 {
        self.chain.view(self.hub, Hub::noncesCall { owner: owner.into() })
    }

    /// METIS of an account.
    pub(crate) fn metis(&self, account: impl Into<Address>) -> U256 {
        self.chain.balance(account)
    }

    /// Asserts that the receipt's logs are exactly these of the hub, in order.
    #[track_caller]
    pub(crate) fn assert_logs<T>(&self, receipt: &Receipt<T>, expected: &[Bytes]) {
        let found: Vec<Bytes> = receipt.logs.iter().map(encode).collect();
        let from_hub = receipt.logs.iter().all(|log| log.address == self.hub);
        assert!(from_hub, "logs of others: {:#?}", receipt.logs);
        let told = || receipt.logs.iter().map(|log| self.chain.names().event(log));
        assert_eq!(found, expected, "found {:#?}", told().collect::<Vec<_>>());
    }

    /// Everything the hub stores.
    pub(crate) fn storage(&self) -> Vec<(U256, U256)> {
        self.chain.with_state(|state| state.storage_of(self.hub))
    }
}

/// Calldata of a call.
pub(crate) fn encoded(call: &impl SolCall) -> Bytes {
    call.abi_encode().into()
}

/// The selector of a call.
pub(crate) const fn selector_of<C: SolCall>() -> [u8; 4] {
    C::SELECTOR
}

/// The error that a transaction reverted with.
#[track_caller]
pub(crate) fn decoded<E: SolError>(failure: &Failure) -> E {
    E::abi_decode(&failure.data()).unwrap_or_else(|error| panic!("{error}: {failure:?}"))
}

/// An event, as [`World::assert_logs`] compares them.
pub(crate) fn event(event: &impl SolEvent) -> Bytes {
    encode(&Log { address: Address::ZERO, data: event.encode_log_data() })
}

/// The transfer that a mint shows.
pub(crate) fn minted(to: impl Into<Address>, value: U256) -> Bytes {
    event(&Hub::Transfer { from: Address::ZERO, to: to.into(), value })
}

/// A log, as [`World::assert_logs`] compares it.
pub(crate) fn encode(log: &Log) -> Bytes {
    let topics = log.data.topics().iter().flat_map(|topic| topic.0);
    topics.chain(log.data.data.iter().copied()).collect()
}
