// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// The numbers of rows of samples: near round numbers, and so that a slip at special ones cannot hide.
///
/// An estimator that is wrong only where the number of rows is odd, a multiple of 7, or a power of two, would never be seen if
/// all samples had 250, 1,000 or 4,000 rows.
enum SampleSizes {
  /// The rows of sample `index` of a group: the round number itself, the nearest power of two, then numbers drawn from the
  /// seed within a fortieth of it, every other one odd.
  ///
  /// They are the same for all groups of the same round number.
  static func rows(near round: Int, sample index: Int, seed: UInt64) -> Int {
    switch index {
    case 0: return round
    case 1: return nearestPowerOfTwo(round)
    default:
      var random = RandomSource(seed: seed &+ UInt64(round), index: 0x5123 &+ UInt64(index))
      let drawn = random.integer(in: round - round / 40...round + round / 40)
      return index % 2 == 0 ? drawn | 1 : drawn
    }
  }

  /// Numbers of rows at which estimates of one sample must hardly differ: the round number, the nearest power of two, and near
  /// 1,000, where samples are cheap and estimates good, a multiple of every number up to 17.
  static func compared(near round: Int, seed: UInt64) -> [Int] {
    var random = RandomSource(seed: seed &+ UInt64(round), index: 0x5122)
    let power = nearestPowerOfTwo(round)
    guard round == Validation.gateRows else {
      return Set([round, power] + (2..<4).map { rows(near: round, sample: $0, seed: seed) }).sorted()
    }
    let first = power - random.integer(in: 1...16)
    return Set([round] + Array(first...first + 16)).sorted()
  }

  private static func nearestPowerOfTwo(_ number: Int) -> Int {
    let below = 1 << (Int.bitWidth - 1 - number.leadingZeroBitCount)
    // Nearest by ratio: above √2 times the lower one it is the upper one.
    return number * number > 2 * below * below ? 2 * below : below
  }
}
