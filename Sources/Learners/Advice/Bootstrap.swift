// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// Resamples of the rows of a table: how often one teacher gains more than another, and intervals where the jackknife has none.
struct Bootstrap {
  /// The fits of every candidate teacher to every resample; nil where a resample is singular.
  let fits: [[GaussianFit?]]

  /// Draws `replicates` resamples of the groups, each from a stream of its own.
  init(_ groups: GramGroups, _ roles: Roles, replicates: Int, seed: UInt64) {
    let (d, student) = (groups.columns, Array(roles.student.indices))
    let teachers = roles.teachers.indices.map(roles.places)
    var fits = teachers.map { _ in [GaussianFit?]() }
    // In portions, so that memory does not grow with the number of resamples.
    for start in stride(from: 0, to: replicates, by: 256) {
      let weights = (start..<min(start + 256, replicates)).map { replicate in
        var source = RandomSource(seed: seed, index: UInt64(replicate))
        var weights = [Double](repeating: 0, count: groups.count)
        for _ in 0..<groups.count { weights[source.integer(in: 0...(groups.count - 1))] += 1 }
        return weights
      }
      let sums = groups.weighted(weights)
      for index in weights.indices {
        let gram = sums[(index * groups.length)..<((index + 1) * groups.length)]
        let sample = SampleMoments(gram: gram, columns: d)
        for (place, teacher) in teachers.enumerated() {
          fits[place].append(GaussianFit(sample, teacher: teacher, student: student, label: d - 1))
        }
      }
    }
    self.fits = fits
  }

  /// The percentiles of a quantity of one candidate teacher, for tables in which some group of rows cannot be spared.
  ///
  /// The quantity is to be freed of its bias twice: once for the sample's, once for the resample's own.
  @inline(never) func percentiles(teacher: Int, level: Double, _ quantity: (GaussianFit) -> Double) -> IntervalEnds {
    IntervalEnds(percentilesOf: fits[teacher].compactMap { $0.map(quantity) }, level: level)
  }

  /// The share of resamples in which candidate `first` gains more than `second`.
  func shareWhere(_ first: Int, gainsMoreThan second: Int, k: Double, sampleK: Double)
    -> Double
  {
    let pairs = zip(fits[first], fits[second]).compactMap { a, b in a.flatMap { a in b.map { (a, $0) } } }
    return Double(pairs.count { $0.0.bestGain(k: k, surplus: 2 * sampleK) > $0.1.bestGain(k: k, surplus: 2 * sampleK) })
      / Double(max(1, pairs.count))
  }
}
