// SPDX-License-Identifier: MIT

/// A number of 64 bits for a text, the same on every machine: FNV-1a.
///
/// It guards against mistakes, not against forgery.
///
/// - Parameter salt: fingerprints of another salt are others.
public func fingerprint(of text: some StringProtocol, salt: UInt64 = 0) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ salt) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
