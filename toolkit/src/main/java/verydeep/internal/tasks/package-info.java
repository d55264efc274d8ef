/**
 * What a network can be trained to say of images, for the packages that train and localize.
 * Plumbing: it may change in any version.
 */
package verydeep.internal.tasks;
