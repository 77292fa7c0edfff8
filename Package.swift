// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

/// The folders of `Sources`, lowest first: a room imports from its own folder and from those before it.
let floors: KeyValuePairs = [
  "Foundations": [
    "CFLINT", "CGSL", "CLAPACKE", "CZlib", "DataTables", "ExactAlgebra", "ExactJSON", "FileWriting",
    "ForeignPrograms", "Learning", "PlainText", "Quantiles", "SeededRuns", "Spawning", "Statistics",
  ],
  "Testing": ["CCoverageCounters", "CoverageGuidance", "ForAll", "PropertyTesting"],
  "Model": ["Distillation", "ExactPredicates", "Gaussian", "RandomInstances"],
  "Theory": ["Claims", "Conjectures", "Hunting", "IndependentCheck"],
  "Protocol": ["LineProtocol", "Oracle"],
  "Judging": ["Conformance", "Estimation", "MistakeCatalogue", "Vectors"],
  "Learners": ["Advice", "ClassAdvice", "Classification", "Datasets", "Experiments", "Students"],
  "Pages": ["Plotting", "Reporting"],
  "Campaigns": ["Campaigns"],
  "Commands": ["CommandSupport", "VerdictCommands", "verdicts"],
]

let linuxPackages = ["libflint-dev", "libgmp-dev", "libmpfr-dev"]

let package = Package(
  name: "cch",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "ExactAlgebra", targets: ["ExactAlgebra"]),
    .library(name: "Gaussian", targets: ["Gaussian"]),
    .library(name: "DataTables", targets: ["DataTables"]),
    .library(name: "Distillation", targets: ["Distillation"]),
    .library(name: "Learning", targets: ["Learning"]),
    .library(name: "ExactPredicates", targets: ["ExactPredicates"]),
    .library(name: "SeededRuns", targets: ["SeededRuns"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Quantiles", targets: ["Quantiles"]),
    .library(name: "PropertyTesting", targets: ["PropertyTesting"]),
    .library(name: "ForAll", targets: ["ForAll"]),
    .library(name: "CoverageGuidance", targets: ["CoverageGuidance"]),
    .library(name: "RandomInstances", targets: ["RandomInstances"]),
    .library(name: "Claims", targets: ["Claims"]),
    .library(name: "Hunting", targets: ["Hunting"]),
    .library(name: "Conjectures", targets: ["Conjectures"]),
    .library(name: "Estimation", targets: ["Estimation"]),
    .library(name: "Conformance", targets: ["Conformance"]),
    .library(name: "FileWriting", targets: ["FileWriting"]),
    .library(name: "ForeignPrograms", targets: ["ForeignPrograms"]),
    .library(name: "LineProtocol", targets: ["LineProtocol"]),
    .library(name: "Oracle", targets: ["Oracle"]),
    .library(name: "Vectors", targets: ["Vectors"]),
    .library(name: "Students", targets: ["Students"]),
    .library(name: "Advice", targets: ["Advice"]),
    .library(name: "ClassAdvice", targets: ["ClassAdvice"]),
    .library(name: "Classification", targets: ["Classification"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "Campaigns", targets: ["Campaigns"]),
    .executable(name: "cch", targets: ["cch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .systemLibrary(name: "CFLINT", providers: [.apt(linuxPackages), .brew(["flint"])]),
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CLAPACKE", providers: [.apt(["liblapacke-dev", "libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    .target(name: "ExactAlgebra", dependencies: ["CFLINT"]),
    .target(name: "PlainText"),
    .target(name: "SeededRuns"),
    .target(name: "Statistics"),
    .target(name: "Quantiles", dependencies: ["CGSL", "Statistics"]),
    .target(name: "ExactJSON", dependencies: ["ExactAlgebra", "PlainText"]),
    .target(name: "Gaussian", dependencies: ["CGSL", "CLAPACKE", "ExactAlgebra", "SeededRuns"]),
    .target(name: "DataTables", dependencies: ["ExactAlgebra", "PlainText"]),
    .target(name: "Distillation", dependencies: ["ExactAlgebra", "ExactJSON", "Gaussian"]),
    .target(name: "ExactPredicates", dependencies: ["Distillation", "ExactAlgebra"]),
    .target(
      name: "RandomInstances",
      dependencies: ["Distillation", "ExactAlgebra", "ExactPredicates", "PropertyTesting", "SeededRuns"]),
    .target(name: "PropertyTesting", dependencies: ["SeededRuns", "Statistics"], exclude: ["LICENSE"]),
    .target(name: "Learning", dependencies: ["CLAPACKE"]),
    .target(name: "Spawning"),
    .target(name: "ForeignPrograms", dependencies: ["Spawning"]),
    .target(name: "FileWriting"),
    .target(name: "LineProtocol", dependencies: ["ExactJSON", "ForeignPrograms"]),
    .target(name: "ForAll", dependencies: ["PropertyTesting", "Spawning"]),
    .target(name: "CCoverageCounters"),
    .target(name: "CoverageGuidance", dependencies: ["CCoverageCounters", "ForAll", "PropertyTesting"]),
    .target(name: "IndependentCheck", dependencies: ["ExactJSON", .product(name: "BigInt", package: "BigInt")]),
    .target(
      name: "Claims",
      dependencies: [
        "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "Gaussian", "IndependentCheck", "PlainText",
        "RandomInstances", "SeededRuns", "Statistics",
      ]),
    .target(
      name: "Hunting",
      dependencies: [
        "Claims", "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "PropertyTesting", "RandomInstances",
        "SeededRuns",
      ]),
    .target(
      name: "Conjectures",
      dependencies: [
        "Claims", "Distillation", "ExactAlgebra", "ExactPredicates", "Gaussian", "PlainText", "RandomInstances",
        "SeededRuns",
      ]),
    .target(
      name: "Estimation",
      dependencies: [
        "CGSL", "CLAPACKE", "Distillation", "ExactAlgebra", "ExactJSON", "ForeignPrograms", "Gaussian", "Learning",
        "LineProtocol", "MistakeCatalogue", "PlainText", "SeededRuns", "Statistics",
      ]),
    .target(
      name: "Students",
      dependencies: [
        "CGSL", "CLAPACKE", "Distillation", "ExactAlgebra", "Gaussian", "Learning", "SeededRuns", "Statistics",
      ]),
    .target(name: "MistakeCatalogue", dependencies: ["CGSL"]),
    .target(
      name: "Oracle",
      dependencies: ["CFLINT", "Claims", "Conjectures", "Distillation", "ExactAlgebra", "ExactJSON", "Gaussian"]),
    .target(
      name: "Vectors",
      dependencies: [
        "Claims", "Conjectures", "Distillation", "ExactAlgebra", "ExactJSON", "LineProtocol", "Oracle",
        "RandomInstances", "SeededRuns",
      ]),
    .target(
      name: "Conformance",
      dependencies: [
        "Conjectures", "Distillation", "ExactAlgebra", "ExactJSON", "ForeignPrograms", "Gaussian", "LineProtocol",
        "MistakeCatalogue", "Oracle", "PlainText", "PropertyTesting", "RandomInstances", "SeededRuns", "Vectors",
      ]),
    .target(
      name: "Advice",
      dependencies: [
        "CGSL", "CLAPACKE", "DataTables", "Distillation", "ExactAlgebra", "Gaussian", "PlainText", "SeededRuns",
        "Students",
      ]),
    .target(
      name: "ClassAdvice", dependencies: ["CLAPACKE", "Classification", "Quantiles", "SeededRuns", "Statistics"]),
    .target(
      name: "Classification",
      dependencies: ["Estimation", "Learning", "SeededRuns"]),
    .target(name: "Datasets", dependencies: ["CZlib", "DataTables", "ExactAlgebra", "PlainText"]),
    .target(
      name: "Experiments",
      dependencies: [
        "Advice", "CGSL", "ClassAdvice", "Classification", "DataTables", "Datasets", "Distillation", "Estimation",
        "ExactAlgebra", "ExactJSON", "FileWriting", "Gaussian", "Learning", "PlainText", "Quantiles", "SeededRuns",
        "Statistics", "Students",
      ]),
    .target(name: "Plotting"),
    .target(
      name: "Reporting",
      dependencies: [
        "ExactAlgebra", "ExactJSON", "PlainText", "Plotting", "Statistics",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .target(
      name: "Campaigns",
      dependencies: [
        "CZlib", "Claims", "Estimation", "ExactJSON", "Experiments", "FileWriting", "ForeignPrograms", "Hunting",
        "LineProtocol", "SeededRuns", "Students",
      ]),
    .target(
      name: "CommandSupport",
      dependencies: [
        "CLAPACKE", "Claims", "DataTables", "Datasets", "Distillation", "ExactAlgebra", "ExactJSON", "FileWriting",
        "ForeignPrograms", "PlainText", "Reporting", "SeededRuns",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "VerdictCommands",
      dependencies: [
        "Claims", "CommandSupport", "DataTables", "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates",
        "PlainText", "SeededRuns", "Statistics", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "verdicts",
      dependencies: [
        "CommandSupport", "VerdictCommands", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "cch",
      dependencies: [
        "Advice", "Campaigns", "Claims", "ClassAdvice", "Classification", "CommandSupport", "Conformance",
        "Conjectures", "DataTables", "Datasets", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON",
        "Experiments", "FileWriting", "ForeignPrograms", "Hunting", "IndependentCheck", "LineProtocol", "Oracle",
        "PlainText", "PropertyTesting", "Quantiles", "RandomInstances", "Reporting", "SeededRuns", "Statistics",
        "Students", "Vectors", "VerdictCommands", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "TestSupport", dependencies: ["ExactAlgebra", "SeededRuns"], path: "Tests/TestSupport"),
    .testTarget(name: "ExactAlgebraTests", dependencies: ["CFLINT", "ExactAlgebra", "SeededRuns", "TestSupport"]),
    .testTarget(name: "PlainTextTests", dependencies: ["ExactJSON", "PlainText"]),
    .testTarget(name: "ExactJSONTests", dependencies: ["ExactAlgebra", "ExactJSON", "PlainText", "TestSupport"]),
    .testTarget(name: "GaussianTests", dependencies: ["ExactAlgebra", "Gaussian", "SeededRuns", "TestSupport"]),
    .testTarget(name: "DataTablesTests", dependencies: ["DataTables", "ExactAlgebra", "TestSupport"]),
    .testTarget(
      name: "DistillationTests",
      dependencies: [
        "CLAPACKE", "Claims", "DataTables", "Distillation", "ExactAlgebra", "ExactJSON", "Gaussian", "SeededRuns",
        "TestSupport",
      ]),
    .testTarget(
      name: "ExactPredicatesTests",
      dependencies: ["Distillation", "ExactAlgebra", "ExactPredicates", "SeededRuns", "TestSupport"]),
    .testTarget(
      name: "RandomInstancesTests",
      dependencies: ["ExactAlgebra", "PropertyTesting", "RandomInstances", "SeededRuns", "TestSupport"]),
    .testTarget(name: "LearningTests", dependencies: ["Learning", "SeededRuns"]),
    .testTarget(name: "SeededRunsTests", dependencies: ["SeededRuns"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(name: "QuantilesTests", dependencies: ["Quantiles", "Statistics"]),
    .testTarget(
      name: "PropertyTestingTests", dependencies: ["CoverageGuidance", "ForAll", "PropertyTesting", "SeededRuns"]),
    .testTarget(name: "FileWritingTests", dependencies: ["FileWriting"]),
    .testTarget(name: "ForeignProgramsTests", dependencies: ["ForeignPrograms"]),
    .testTarget(name: "LineProtocolTests", dependencies: ["ExactJSON", "ForeignPrograms", "LineProtocol"]),
    .testTarget(
      name: "IndependentCheckTests",
      dependencies: ["Claims", "Distillation", "ExactAlgebra", "ExactJSON", "IndependentCheck", "TestSupport"]),
    .testTarget(
      name: "ClaimsTests",
      dependencies: [
        "Claims", "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "IndependentCheck", "RandomInstances",
        "SeededRuns", "TestSupport",
      ]),
    .testTarget(
      name: "HuntingTests",
      dependencies: [
        "Claims", "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "Hunting", "IndependentCheck",
        "PropertyTesting", "RandomInstances", "SeededRuns", "TestSupport",
      ]),
    .testTarget(
      name: "ConjecturesTests",
      dependencies: [
        "Claims", "Conjectures", "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "Hunting",
        "IndependentCheck", "PropertyTesting", "RandomInstances", "SeededRuns",
      ]),
    .testTarget(
      name: "EstimationTests",
      dependencies: [
        "CGSL", "DataTables", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON", "ForeignPrograms", "Gaussian",
        "LineProtocol", "MistakeCatalogue", "SeededRuns",
      ]),
    .testTarget(
      name: "StudentsTests",
      dependencies: [
        "CGSL", "CLAPACKE", "Claims", "Distillation", "ExactAlgebra", "Gaussian", "RandomInstances", "SeededRuns",
        "Statistics", "Students", "TestSupport",
      ]),
    .testTarget(
      name: "OracleTests",
      dependencies: [
        "Claims", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON", "Gaussian", "Oracle", "SeededRuns",
      ]),
    .testTarget(
      name: "VectorsTests",
      dependencies: ["Conjectures", "ExactAlgebra", "ExactJSON", "IndependentCheck", "Oracle", "Vectors"]),
    .testTarget(
      name: "MistakeCatalogueTests", dependencies: ["ExactJSON", "MistakeCatalogue", "Oracle", "SeededRuns"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Conformance", "Conjectures", "ExactJSON", "ForeignPrograms", "LineProtocol", "Oracle", "Vectors"]),
    .testTarget(
      name: "AdviceTests",
      dependencies: [
        "Advice", "CGSL", "DataTables", "Distillation", "ExactAlgebra", "Gaussian", "SeededRuns", "TestSupport",
      ]),
    .testTarget(
      name: "ClassAdviceTests",
      dependencies: ["ClassAdvice", "Classification", "SeededRuns"],
      exclude: ["Reference"]),
    .testTarget(
      name: "ClassificationTests",
      dependencies: [
        "Classification", "Estimation", "Gaussian", "Learning", "SeededRuns", "Statistics", "TestSupport",
      ],
      exclude: ["Reference"]),
    .testTarget(name: "DatasetsTests", dependencies: ["CZlib", "DataTables", "Datasets"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Advice", "ClassAdvice", "Classification", "DataTables", "Datasets", "Distillation", "Estimation",
        "ExactAlgebra", "Experiments", "Gaussian", "Quantiles", "SeededRuns", "Statistics", "Students",
      ]),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting", "SeededRuns"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["ExactAlgebra", "ExactJSON", "PlainText", "Plotting", "Reporting"],
      exclude: ["Documents"]),
    .testTarget(
      name: "CampaignsTests",
      dependencies: [
        "Campaigns", "Claims", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON", "Experiments", "Hunting",
        "LineProtocol", "RandomInstances", "SeededRuns", "Students",
      ]),
    .testTarget(name: "VerdictCommandsTests", dependencies: ["Claims", "VerdictCommands"]),
    .testTarget(name: "cchTests", dependencies: ["ExactAlgebra", "ExactJSON", "cch", "verdicts"]),
  ],
  swiftLanguageModes: [.v6]
)

for (floor, rooms) in floors {
  for target in package.targets where rooms.contains(target.name) { target.path = "Sources/\(floor)/\(target.name)" }
}
