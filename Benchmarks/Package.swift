// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "cch", path: ".."),
    // Without its default traits it needs no jemalloc; allocations are then not counted.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    suite("Verdicts", uses: ["ExactPredicates", "ExactAlgebra", "PropertyTesting"]),
    suite("Estimators", uses: ["Estimation"]),
    suite("StudentTraining", in: "Students", uses: ["Students", "Distillation", "ExactAlgebra", "Gaussian"]),
    // Prints its own table: how planted bugs are found.
    .executableTarget(
      name: "PlantedBugs", dependencies: [.product(name: "PropertyTesting", package: "cch")],
      path: "Benchmarks/PlantedBugs"),
    suite("ClassifierTraining", in: "Classification", uses: ["Classification", "PropertyTesting"]),
    suite("SoftmaxStudents", uses: ["ClassAdvice", "Classification", "PropertyTesting"]),
  ],
  swiftLanguageModes: [.v6]
)

/// A target of benchmarks in `Benchmarks/<folder>`, which `swift package benchmark` finds and runs.
///
/// Its name must not be that of a target of the house.
func suite(_ name: String, in folder: String? = nil, uses products: [String]) -> Target {
  .executableTarget(
    name: name,
    dependencies: [.product(name: "Benchmark", package: "benchmark")]
      + products.map { .product(name: $0, package: "cch") },
    path: "Benchmarks/\(folder ?? name)", plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}
