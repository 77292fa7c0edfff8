// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A number of a CSV; empty where there is none or it is not finite.
package func field(_ value: Double?) -> String { value.flatMap { $0.isFinite ? $0.description : nil } ?? "" }

/// An exact number of a CSV: as the nearest Double writes it, or to 17 digits where no Double is near.
package func field(_ value: Rational?) -> String {
  guard let value else { return "" }
  let nearest = value.asDouble
  return nearest.isFinite && (nearest.isNormal || value.signum == 0) ? nearest.description : value.decimal(digits: 17)
}
