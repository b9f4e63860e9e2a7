//! The contract as others see it: what `cargo stylus export-abi` prints, and events.

alloy_sol_types::sol! {
    // `fails_with`, `emitted` and call trees print and compare these.
    #![sol(extra_derives(Debug, PartialEq, Eq))]

    contract Vesting {
        event Opened(uint256 indexed id, address indexed funder, address indexed beneficiary, uint256 amount, uint64 duration);
        event Released(uint256 indexed id, address indexed beneficiary, uint256 amount);
        event Cancelled(uint256 indexed id, uint256 paid, uint256 returned);

        error GuardianZero();
        error AmountZero();
        error DurationZero();
        error BeneficiaryZero();
        error NoSuchGrant(uint256 id);
        error NothingDue(uint256 id);
        error NotGuardian(address caller);
        error PaymentRefused(address receiver, uint256 amount);

        constructor(address guardian);
        function open(address beneficiary, uint64 duration) external payable returns (uint256);
        function release(uint256 id) external returns (uint256);
        function cancel(uint256 id) external;
        function releasable(uint256 id) external view returns (uint256);
        function opened() external view returns (uint256);
        function grantOf(address beneficiary, uint256 place) external view returns (uint256);
    }
}
