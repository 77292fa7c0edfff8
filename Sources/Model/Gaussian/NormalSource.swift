// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import SeededRuns

/// Random numbers of continuous distributions, reproducible from a seed and the number of a stream.
///
/// GSL's samplers (normals by the ziggurat) over the bits of `RandomSource`: stream `index` of a seed is the same on every
/// machine and thread, so that work can be cut into streams however it is spread over threads.
public final class NormalSource {
  private let bits: UnsafeMutablePointer<RandomSource>
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// Stream `index` under `seed`.
  public init(seed: UInt64, index: UInt64 = 0) {
    bits = .allocate(capacity: 1)
    bits.initialize(to: RandomSource(seed: seed, index: index))
    generator = .allocate(capacity: 1)
    generator.initialize(to: gsl_rng(type: randomSourceType, state: UnsafeMutableRawPointer(bits)))
  }

  deinit {
    generator.deallocate()
    bits.deallocate()
  }

  /// A standard normal number.
  public func normal() -> Double { gsl_ran_gaussian_ziggurat(generator, 1) }

  /// `count` independent standard normal numbers.
  public func normals(_ count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      for i in 0..<count { buffer.initializeElement(at: i, to: gsl_ran_gaussian_ziggurat(generator, 1)) }
      filled = count
    }
  }

  /// A chi-squared number.
  ///
  /// - Precondition: `degrees` is positive.
  public func chiSquared(_ degrees: Int) -> Double {
    precondition(degrees > 0, "chi-squared needs at least one degree of freedom")
    return gsl_ran_chisq(generator, Double(degrees))
  }

  /// A uniformly random order of 0 ..< `order.count`, written into `order` (Fisher & Yates).
  public func shuffle(_ order: inout [Int]) { order.shuffle(using: &bits.pointee) }
}

/// `RandomSource` as a generator of GSL: 32 bits a number, and 53 bits a uniform Double.
nonisolated(unsafe) private let randomSourceType: UnsafePointer<gsl_rng_type> = {
  let name: StaticString = "RandomSource"
  let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
  type.initialize(
    to: gsl_rng_type(
      name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), max: UInt(UInt32.max), min: 0,
      size: MemoryLayout<RandomSource>.size,
      set: { state, seed in
        state?.assumingMemoryBound(to: RandomSource.self).pointee = RandomSource(seed: UInt64(seed), index: 0)
      },
      get: { state in UInt((state?.assumingMemoryBound(to: RandomSource.self).pointee.next() ?? 0) >> 32) },
      get_double: { state in
        Double((state?.assumingMemoryBound(to: RandomSource.self).pointee.next() ?? 0) >> 11) * 0x1p-53
      }))
  return UnsafePointer(type)
}()
