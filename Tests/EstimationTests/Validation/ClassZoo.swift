// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import Estimation

/// Estimators for classes and symbols that are wrong in ways that are easy to make, and right ones.
extension ZooEstimator {
  static let ofClasses: [ZooEstimator] = [
    ZooEstimator("Ross", .classes, right: true) { $0.ross },
    ZooEstimator("Ross, clipped", .classes, right: true) { max(0, $0.ross) },
    ZooEstimator("Ross in bits", .classes) { $0.ross / log(2) },
    ZooEstimator("half of Ross", .classes) { $0.ross / 2 },
    ZooEstimator("information left, H(Y) − I", .classes) { Symbols($0.sample, $0.few).entropy - $0.ross },
    ZooEstimator("plug-in of the class's number", .classes) { $0.plugIn(.digamma) },
    ZooEstimator("nothing of a class", .classes) { _ in 0 },
    ZooEstimator("entropy of the class", .classes) { Symbols($0.sample, $0.few).entropy },
    ZooEstimator("pairs torn apart", .classes) { zoo in
      zoo.sample.shifted(1).flatMap { try? Ross().estimate($0).nats } ?? .nan
    },
  ]

  static let ofSymbols: [ZooEstimator] = [
    ZooEstimator("counts", .discrete, right: true) { $0.counts },
    ZooEstimator("counts, less Miller's bias", .discrete, right: true) {
      $0.counts - Counts.bias(Symbols($0.sample, .x), Symbols($0.sample, .y))
    },
    ZooEstimator("counts in bits", .discrete) { $0.counts / log(2) },
    ZooEstimator("joint entropy", .discrete) { Symbols(Symbols($0.sample, .x), Symbols($0.sample, .y)).entropy },
    ZooEstimator("minus", .discrete) { -$0.counts },
    ZooEstimator("symbols as numbers: plug-in", .discrete) { $0.plugIn(.digamma) },
    ZooEstimator("entropy of y", .discrete) { Symbols($0.sample, .y).entropy },
    ZooEstimator("the first 50 rows", .discrete) { zoo in
      zoo.sample.first(50).flatMap { try? Counts().estimate($0).nats } ?? .nan
    },
    ZooEstimator("symbols from 2 on taken for one", .discrete) { zoo in
      (try? Counts().estimate(zoo.sample.mapping { min($0, 2) }).nats) ?? .nan
    },
  ]
}

extension Zoo {
  /// The side of fewer values.
  var few: Side { Symbols(sample, .x).counts.count < Symbols(sample, .y).counts.count ? .x : .y }
  var counts: Double { (try? Counts().estimate(sample).nats) ?? .nan }
}
