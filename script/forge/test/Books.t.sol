// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {LeanStakingHub} from "fixtures/LeanStakingHub.sol";
import {LeanVault} from "fixtures/LeanVault.sol";
import {Handler, Vm} from "./Handler.sol";

/// @title Books
/// @notice What must hold after every action. One invariant, as forge plays a campaign for each.
contract Books {
    Vm private constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    address private constant POOL = address(0x9001);
    address private constant NOBODY = 0x000000000000000000000000000000000000dEaD;

    LeanStakingHub private hub;
    LeanVault private vault;
    Handler private handler;

    /// @notice Deploys both; the hub's address of the vault is computed, as the vault comes second.
    function setUp() public {
        VM.warp(1_800_000_000);
        hub = new LeanStakingHub(next(address(this), 2));
        VM.deal(address(this), 1 ether);
        vault = new LeanVault{value: 1 ether}(address(hub), POOL, address(this));
        handler = new Handler(hub, vault, POOL);
    }

    /// @notice Only the handler is called.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice Forge keeps nothing of what this would write.
    function invariant_books() public view {
        (uint256 ledger, uint256 supply, uint256 locked,, uint256 provision) = vault.totals();

        require(hub.balanceOf(address(vault)) == ledger + handler.donated(), "VAU-1: ledger");
        require(locked + provision <= ledger, "VAU-1: no more is withheld than there is");
        require(vault.totalAssets() == ledger - locked - provision, "VAU-1: total assets");

        uint256 shares = vault.balanceOf(NOBODY);
        uint256 tokens = hub.balanceOf(address(vault)) + hub.balanceOf(POOL);
        for (uint256 index = 0; index < 4; index++) {
            address actor = handler.actors(index);
            shares += vault.balanceOf(actor);
            tokens += hub.balanceOf(actor);
            require(vault.maxWithdraw(actor) == vault.previewRedeem(vault.balanceOf(actor)), "VAU-7");
        }
        require(shares == supply && supply != 0, "VAU-2: shares");
        require(tokens == hub.totalSupply(), "SOL-3: eMETIS");
        require(address(hub).balance == hub.buffer() && address(vault).balance == 0, "SOL-1: METIS");

        // 85 bits by 105 bits.
        bool fell = (vault.totalAssets() + 1) * handler.sharesBefore()
            < handler.assetsBefore() * (supply + 1e6);
        require(!fell || handler.lost(), "VAU-3: rate");
    }

    /// @dev The address of the contract that `creator` makes with a nonce below 128.
    function next(address creator, uint8 nonce) private pure returns (address) {
        return address(
            uint160(uint256(keccak256(abi.encodePacked(hex"d694", creator, bytes1(nonce)))))
        );
    }
}
