/**
 * Files of what was trained on networks, with these networks: SVMs and localizers. It may change in
 * any version.
 */
package verydeep.internal.models;
